'use strict';

// A modality on dcmjs-dimse: asks the worklist, reports performed steps, asks for storage commitment.
//
//   node modality.js '{"aeTitle":"CT1","listenPort":0}'
//
// First line out: {"event":"ready","port":…}, the port where reports on an association of their own are taken. Then
// commands, one JSON object a line with an "id" of the caller; the answer carries the same id:
//
//   target    {host, port, aeTitle, syntax}              whom to ask; syntax "implicit", "explicit" or "big" offers only that one
//   echo
//   find      {query}                                    -> matches
//   create    {instance | absent, attributes}            N-CREATE as given
//   set       {instance, attributes}                     N-SET as given
//   get       {instance, keywords}                       N-GET of MPPS Retrieve -> attributes
//   start     {instance | absent, item, attributes}      N-CREATE IN PROGRESS built from a worklist item
//   finish    {instance, status, series, reason, attributes}   N-SET COMPLETED or DISCONTINUED
//   commit    {transaction, references, holdMillis}      N-ACTION; holdMillis keeps the association open for the report
//   answer    {status}                                   how reports are answered from now on
//   listen    {port}    unlisten
//
// Data sets are objects by keyword. Every report is an event:
//   {"event":"report","association":"same"|"new","callingAeTitle":…,"eventType":…,"transaction":…,"committed":[…],"failed":[…]}

const dimse = require('./dimse');
const { say, serve } = require('./lines');

const config = JSON.parse(process.argv[2]);
const WORKLIST = '1.2.840.10008.5.1.4.31';
let target = null;
let reportStatus = 0;
let listener = null;

function answer(report, respond, association, callingAeTitle) {
  const information = report.getDataset() ? report.getDataset().getElements() : {};
  const response = dimse.NEventReportResponse.fromRequest(report);
  response.setStatus(reportStatus);
  respond(response);
  say({
    event: 'report',
    association,
    callingAeTitle,
    eventType: report.getEventTypeId(),
    transaction: information.TransactionUID,
    retrieveAeTitle: information.RetrieveAETitle,
    committed: dimse.references(information.ReferencedSOPSequence),
    failed: dimse.references(information.FailedSOPSequence),
    answered: reportStatus,
  });
}

/** Takes reports on new associations, strictly: only from a requestor that proposed to be the SCP (PS3.7 §D.3.3.4). */
class ReportReceiver extends dimse.Scp {
  associationRequested(association) {
    this.association = association;
    dimse.negotiate(this, association, config.aeTitle, (context) => {
      const asScp = context.getAbstractSyntaxUid() === dimse.COMMITMENT && context.getProviderRole() === true;
      if (!asScp) {
        say({ event: 'context-refused', abstractSyntax: context.getAbstractSyntaxUid() });
      }
      return asScp;
    });
  }

  nEventReportRequest(report, respond) {
    answer(report, respond, 'new', this.association.getCallingAeTitle().trim());
  }

  cEchoRequest(request, respond) {
    const response = dimse.CEchoResponse.fromRequest(request);
    response.setStatus(0);
    respond(response);
  }

  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }

  abort() {
    say({ event: 'aborted' });
  }
}

async function startListening(port) {
  listener = await dimse.listen(ReportReceiver, port);
  return listener.port;
}

function withAttributes(request, attributes) {
  request.setDataset(new dimse.Dataset(attributes));
  return request;
}

function create(instance, attributes) {
  const request = new dimse.NCreateRequest(dimse.MPPS, instance);
  if (!instance) {
    // an element without value would be sent otherwise
    delete request.getCommandDataset().getElements().AffectedSOPInstanceUID;
  }
  return dimse.ask(target, withAttributes(request, attributes));
}

function set(instance, attributes) {
  return dimse.ask(target, withAttributes(new dimse.NSetRequest(dimse.MPPS, instance), attributes));
}

function copyOf(item, keywords) {
  return Object.fromEntries(keywords.map((keyword) => [keyword, item[keyword] === undefined ? '' : item[keyword]]));
}

function dateOf(now) {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('');
}

function timeOf(now) {
  return [now.getHours(), now.getMinutes(), now.getSeconds()].map((n) => String(n).padStart(2, '0')).join('');
}

/** The attributes of a N-CREATE (PS3.4 Table F.7.2-1) from the worklist item that the operator picked. */
function begun(item) {
  const step = dimse.many(item.ScheduledProcedureStepSequence)[0] || {};
  const now = new Date();
  return {
    ...(item.SpecificCharacterSet ? { SpecificCharacterSet: item.SpecificCharacterSet } : {}),
    ScheduledStepAttributesSequence: [
      {
        ...copyOf(item, [
          'StudyInstanceUID',
          'AccessionNumber',
          'RequestedProcedureID',
          'RequestedProcedureDescription',
        ]),
        ...copyOf(step, ['ScheduledProcedureStepID', 'ScheduledProcedureStepDescription']),
        ReferencedStudySequence: [],
        ScheduledProtocolCodeSequence: dimse.many(step.ScheduledProtocolCodeSequence),
      },
    ],
    ...copyOf(item, ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex']),
    ReferencedPatientSequence: [],
    PerformedProcedureStepID: `P${now.getTime() % 1e12}`,
    PerformedStationAETitle: config.aeTitle,
    PerformedStationName: '',
    PerformedLocation: '',
    PerformedProcedureStepStartDate: dateOf(now),
    PerformedProcedureStepStartTime: timeOf(now),
    PerformedProcedureStepStatus: 'IN PROGRESS',
    PerformedProcedureStepDescription: '',
    PerformedProcedureTypeDescription: '',
    ProcedureCodeSequence: [],
    PerformedProcedureStepEndDate: '',
    PerformedProcedureStepEndTime: '',
    Modality: step.Modality || 'OT',
    StudyID: '',
    PerformedProtocolCodeSequence: [],
    PerformedSeriesSequence: [],
  };
}

/** The attributes of the final N-SET; `series` lists {series, references}, `reason` a code of CID 9300 (scheme DCM). */
function ended({ status, series = [], reason }) {
  const now = new Date();
  return {
    PerformedProcedureStepStatus: status,
    PerformedProcedureStepEndDate: dateOf(now),
    PerformedProcedureStepEndTime: timeOf(now),
    ...(reason
      ? {
          PerformedProcedureStepDiscontinuationReasonCodeSequence: [
            { CodeValue: reason.code, CodingSchemeDesignator: 'DCM', CodeMeaning: reason.meaning },
          ],
        }
      : {}),
    PerformedSeriesSequence: series.map((one) => ({
      PerformingPhysicianName: '',
      ProtocolName: 'ROUTINE',
      OperatorsName: '',
      SeriesInstanceUID: one.series,
      SeriesDescription: '',
      RetrieveAETitle: '',
      ReferencedImageSequence: dimse.referencedItems(one.references),
      ReferencedNonImageCompositeSOPInstanceSequence: [],
    })),
  };
}

function commit({ transaction, references, holdMillis }) {
  const request = withAttributes(new dimse.NActionRequest(dimse.COMMITMENT, dimse.COMMITMENT_INSTANCE, 1), {
    TransactionUID: transaction,
    ReferencedSOPSequence: dimse.referencedItems(references),
  });
  return dimse.ask(target, request, {
    holdMillis,
    onReport: (report, respond, release) => {
      answer(report, respond, 'same', target.called);
      setImmediate(release);
    },
    onClosed: () => say({ event: 'commitment-association-closed', transaction }),
  });
}

const handlers = {
  target: ({ host, port, aeTitle, syntax }) => {
    target = { host, port, calling: config.aeTitle, called: aeTitle, syntax };
    return { outcome: 'done' };
  },
  echo: () => dimse.ask(target, new dimse.CEchoRequest()),
  find: ({ query }) => {
    const request = withAttributes(new dimse.CFindRequest(), query);
    request.setAffectedSopClassUid(WORKLIST);
    return dimse.ask(target, request);
  },
  create: ({ instance, attributes }) => create(instance, attributes),
  set: ({ instance, attributes }) => set(instance, attributes),
  get: ({ instance, keywords }) => dimse.ask(target, new dimse.NGetRequest(dimse.MPPS_RETRIEVE, instance, keywords)),
  start: ({ instance, item, attributes }) => create(instance, { ...begun(item), ...attributes }),
  finish: (command) => set(command.instance, { ...ended(command), ...command.attributes }),
  commit,
  answer: ({ status }) => {
    reportStatus = status;
    return { outcome: 'done' };
  },
  listen: async ({ port }) => ({ outcome: 'done', port: await startListening(port) }),
  unlisten: () => {
    listener.close();
    return { outcome: 'done' };
  },
};

(async () => {
  say({ event: 'ready', port: await startListening(config.listenPort) });
  serve(handlers);
})();
