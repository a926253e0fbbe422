'use strict';

// An archive on dcmjs-dimse: answers requests for storage commitment and reports.
//
//   node archive.js '{"aeTitle":"ARCHIVE","listenPort":0}'
//
// First line out: {"event":"ready","port":…}. Commands, one JSON object a line with an "id" of the caller:
//
//   target  {host, port}   where reports on a new association go
//   behave  {way, delayMillis, fail, failAll, actionStatus, callingAeTitle, roleItem}
//           way: "same" association, "new" association, or "silent"; default "same"
//           fail: {"<instance UID>": <reason>}; failAll: <reason>; everything else is vouched for
//           actionStatus: the status of the N-ACTION response; a failure is followed by no report
//           callingAeTitle: another title to report under; roleItem false: no role selection item
//           What a command does not name goes back to its default.
//   report  {transaction, committed, failed, calledAeTitle, callingAeTitle, roleItem}   an unasked report on a new association
//
// Events: {"event":"action","callingAeTitle":…,"transaction":…,"references":[…],"status":…}
//         {"event":"reported","way":…,"transaction":…,"outcome":"answered","status":…}, or another outcome when it failed

const dimse = require('./dimse');
const { say, serve } = require('./lines');

const config = JSON.parse(process.argv[2]);
const DEFAULTS = {
  way: 'same',
  delayMillis: 0,
  fail: {},
  failAll: null,
  actionStatus: 0,
  callingAeTitle: config.aeTitle,
  roleItem: true,
};
let behaviour = DEFAULTS;
let target = null;

function eventReport({ transaction, committed, failed }) {
  const request = new dimse.NEventReportRequest(
    dimse.COMMITMENT,
    dimse.COMMITMENT_INSTANCE,
    failed.length === 0 ? 1 : 2,
  );
  request.setDataset(
    new dimse.Dataset({
      TransactionUID: transaction,
      ...(committed.length ? { ReferencedSOPSequence: dimse.referencedItems(committed) } : {}),
      ...(failed.length ? { FailedSOPSequence: dimse.referencedItems(failed) } : {}),
    }),
  );
  return request;
}

/** Reports on a new association, as its requestor in the SCP role (PS3.4 §J.3.3). */
async function reportOnNew(report, calledAeTitle, { callingAeTitle, roleItem }) {
  const peer = { ...target, calling: callingAeTitle, called: calledAeTitle };
  const outcome = await dimse.ask(peer, eventReport(report), { scpRole: roleItem });
  say({ event: 'reported', way: 'new', transaction: report.transaction, ...outcome });
  return outcome;
}

function judge(references, { fail, failAll }) {
  const reasonOf = ({ instance }) => (failAll === null ? fail[instance] : failAll);
  return {
    committed: references.filter((reference) => reasonOf(reference) === undefined),
    failed: references
      .filter((reference) => reasonOf(reference) !== undefined)
      .map((reference) => ({ ...reference, reason: reasonOf(reference) })),
  };
}

class Archive extends dimse.Scp {
  associationRequested(association) {
    this.association = association;
    dimse.negotiate(this, association, config.aeTitle, (context) => context.getAbstractSyntaxUid() === dimse.COMMITMENT);
  }

  nActionRequest(request, respond) {
    const information = request.getDataset().getElements();
    const transaction = information.TransactionUID;
    const references = dimse.references(information.ReferencedSOPSequence);
    const callingAeTitle = this.association.getCallingAeTitle().trim();
    const now = behaviour;
    const response = dimse.NActionResponse.fromRequest(request);
    response.setStatus(now.actionStatus);
    respond(response);
    say({ event: 'action', callingAeTitle, transaction, references, status: now.actionStatus });
    if (now.actionStatus === 0 && now.way !== 'silent') {
      const report = { transaction, ...judge(references, now) };
      setTimeout(() => this.report(report, callingAeTitle, now), now.delayMillis);
    }
  }

  report(report, callingAeTitle, now) {
    if (now.way === 'new') {
      reportOnNew(report, callingAeTitle, now);
    } else if (!this.connected) {
      say({ event: 'reported', way: 'same', transaction: report.transaction, outcome: 'closed' });
    } else {
      const request = eventReport(report);
      request.on('response', (response) =>
        say({
          event: 'reported',
          way: 'same',
          transaction: report.transaction,
          outcome: 'answered',
          status: response.getStatus(),
        }),
      );
      this.sendRequests(request);
    }
  }

  cEchoRequest(request, respond) {
    const response = dimse.CEchoResponse.fromRequest(request);
    response.setStatus(0);
    respond(response);
  }

  associationReleaseRequested() {
    this.connected = false;
    this.sendAssociationReleaseResponse();
  }

  abort() {
    this.connected = false;
    say({ event: 'aborted' });
  }
}

const handlers = {
  target: ({ host, port }) => {
    target = { host, port };
    return { outcome: 'done' };
  },
  behave: (command) => {
    behaviour = { ...DEFAULTS, ...command };
    return { outcome: 'done' };
  },
  report: (command) =>
    reportOnNew(
      { transaction: command.transaction, committed: command.committed || [], failed: command.failed || [] },
      command.calledAeTitle,
      { ...DEFAULTS, ...command },
    ),
};

(async () => {
  const { port } = await dimse.listen(Archive, config.listenPort);
  say({ event: 'ready', port });
  serve(handlers);
})();
