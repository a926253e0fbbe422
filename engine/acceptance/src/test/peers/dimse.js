'use strict';

// What the modality, the archive and the department share of dcmjs-dimse, with the detours around its quirks.

const dimse = require('dcmjs-dimse');

// its logger writes "info" to standard output, which is ours for JSON lines
dimse.log.setLevel('error');

const { Client, Server, Scp, Dataset } = dimse;
const { PresentationContextResult, RejectReason, RejectResult, RejectSource, SopClass, Status, TransferSyntax } =
  dimse.constants;

const COMMITMENT = '1.2.840.10008.1.20.1';
const COMMITMENT_INSTANCE = '1.2.840.10008.1.20.1.1';
const MPPS = '1.2.840.10008.3.1.2.3.3';
const MPPS_RETRIEVE = '1.2.840.10008.3.1.2.3.4';
const VERIFICATION = '1.2.840.10008.1.1';
const WORKLIST = '1.2.840.10008.5.1.4.31';

// it writes and reads deflated data sets as if they were not, so that syntax is not among them
const SYNTAXES = {
  implicit: TransferSyntax.ImplicitVRLittleEndian,
  explicit: TransferSyntax.ExplicitVRLittleEndian,
  big: TransferSyntax.ExplicitVRBigEndian,
};

/** dcmjs gives one value bare, several as an array and none as undefined. */
function many(value) {
  return value === undefined || value === null ? [] : Array.isArray(value) ? [...value] : [value];
}

function references(items) {
  return many(items).map((item) => ({
    sopClass: item.ReferencedSOPClassUID,
    instance: item.ReferencedSOPInstanceUID,
    ...(item.FailureReason === undefined ? {} : { reason: item.FailureReason }),
  }));
}

function referencedItems(list) {
  return list.map(({ sopClass, instance, reason }) => ({
    ReferencedSOPClassUID: sopClass,
    ReferencedSOPInstanceUID: instance,
    ...(reason === undefined ? {} : { FailureReason: reason }),
  }));
}

/**
 * The client offers no way to set roles (those of addAdditionalPresentationContext get lost) nor the transfer syntaxes
 * of a request, so the contexts are changed just before the A-ASSOCIATE-RQ is written.
 */
function beforeAssociating(network, change) {
  const write = network.sendAssociationRequest.bind(network);
  network.sendAssociationRequest = (association) => {
    association.getPresentationContexts().forEach(({ context }) => change(context));
    write(association);
  };
}

/** Lets the release be asked for early, and makes the one that the linger time brings do nothing then. */
function releaseOnce(network) {
  const write = network.sendAssociationReleaseRequest.bind(network);
  let released = false;
  network.sendAssociationReleaseRequest = () => {
    if (!released && network.connected) {
      released = true;
      write();
    }
  };
}

/**
 * Sends one request on an association of its own and resolves with the outcome: `answered`, `rejected`,
 * `context-rejected`, `aborted` or `closed`.
 *
 * @param peer {host, port, calling, called, syntax}
 * @param options.scpRole proposes SCU 0, SCP 1
 * @param options.holdMillis keeps the association open after the answer
 * @param options.onReport (request, respond, release) for a N-EVENT-REPORT on this association
 * @param options.onClosed when the connection is gone
 */
function ask(peer, request, options = {}) {
  return new Promise((resolve) => {
    const client = new Client();
    const matches = [];
    request.on('response', (response) => {
      if (response.getStatus() === Status.Pending || response.getStatus() === 0xff01) {
        matches.push(response.getDataset().getElements());
        return;
      }
      const command = response.getCommandDataset().getElements();
      resolve({
        outcome: 'answered',
        status: response.getStatus(),
        comment: command.ErrorComment || '',
        errorId: command.ErrorID,
        instance: command.AffectedSOPInstanceUID,
        attributes: response.getDataset() ? response.getDataset().getElements() : {},
        matches,
      });
    });
    client.addRequest(request);
    client.on('associationRejected', (reject) => resolve({ outcome: 'rejected', ...reject }));
    client.on('associationAccepted', (association) => {
      const accepted = association
        .getPresentationContexts()
        .some(({ context }) => context.getResult() === PresentationContextResult.Accept);
      if (!accepted) {
        resolve({ outcome: 'context-rejected' });
      }
    });
    client.on('networkError', (error) => resolve({ outcome: 'closed', message: error.message }));
    client.on('closed', () => {
      resolve({ outcome: 'closed', message: 'the connection was closed without an answer' });
      if (options.onClosed) {
        options.onClosed();
      }
    });
    client.on('nEventReportRequest', (report, respond) => {
      if (options.onReport) {
        options.onReport(report, respond, () => client.network.sendAssociationReleaseRequest());
      }
    });
    client.send(peer.host, peer.port, peer.calling, peer.called, {
      associationLingerTimeout: options.holdMillis || 0,
      connectTimeout: 10000,
    });
    client.network.on('abort', (abort) => resolve({ outcome: 'aborted', ...abort }));
    releaseOnce(client.network);
    beforeAssociating(client.network, (context) => {
      if (options.scpRole) {
        context.setUserRole(false);
        context.setProviderRole(true);
      }
      if (peer.syntax) {
        Object.values(SYNTAXES).forEach((syntax) => context.removeTransferSyntaxUid(syntax));
        context.addTransferSyntaxUid(SYNTAXES[peer.syntax]);
      }
    });
  });
}

/** Accepts what `accepts(context)` says, in the first transfer syntax offered that we speak; roles as proposed. */
function negotiate(scp, association, aeTitle, accepts) {
  if (association.getCalledAeTitle().trim() !== aeTitle) {
    scp.sendAssociationReject(
      RejectResult.Permanent,
      RejectSource.ServiceUser,
      RejectReason.CalledAeNotRecognized,
    );
    return;
  }
  association.getPresentationContexts().forEach(({ context }) => {
    const syntax = context.getTransferSyntaxUids().find((uid) => Object.values(SYNTAXES).includes(uid));
    if (context.getAbstractSyntaxUid() !== VERIFICATION && !accepts(context)) {
      context.setResult(PresentationContextResult.RejectAbstractSyntaxNotSupported);
    } else if (!syntax) {
      context.setResult(PresentationContextResult.RejectTransferSyntaxesNotSupported);
    } else {
      context.setResult(PresentationContextResult.Accept, syntax);
    }
  });
  scp.sendAssociationAccept();
}

/** Listens on loopback; resolves with {port, close}. Port 0 is any free one. */
function listen(scpClass, port) {
  return new Promise((resolve, reject) => {
    const server = new Server(scpClass);
    server.on('listening', () => resolve({ port: server.server.address().port, close: () => server.close() }));
    server.on('networkError', reject);
    // given as it is to net.Server.listen, which else would take every address
    server.listen({ host: '127.0.0.1', port });
  });
}

module.exports = {
  ...dimse.requests,
  ...dimse.responses,
  COMMITMENT,
  COMMITMENT_INSTANCE,
  Dataset,
  MPPS,
  MPPS_RETRIEVE,
  Scp,
  SopClass,
  WORKLIST,
  ask,
  listen,
  many,
  negotiate,
  referencedItems,
  references,
};
