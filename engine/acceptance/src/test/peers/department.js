'use strict';

// A department on dcmjs-dimse: gives its worklist and takes performed procedure steps.
//
//   node department.js '{"aeTitle":"RIS","listenPort":0,"worklist":[{"AccessionNumber":"A1",…}]}'
//
// First line out: {"event":"ready","port":…}. It takes no commands. The worklist is matched by accession number alone.
//
// Events: {"event":"created","instance":…,"attributes":{…}}
//         {"event":"set","instance":…,"attributes":{…},"status":…}

const dimse = require('./dimse');
const { say, serve } = require('./lines');

const PENDING = 0xff00;
const FINAL_STATES = ['COMPLETED', 'DISCONTINUED'];
const MAY_NO_LONGER_BE_UPDATED = 0x0110;

const config = JSON.parse(process.argv[2]);
const states = new Map();

class Department extends dimse.Scp {
  associationRequested(association) {
    dimse.negotiate(this, association, config.aeTitle, (context) =>
      [dimse.WORKLIST, dimse.MPPS].includes(context.getAbstractSyntaxUid()),
    );
  }

  cFindRequest(request, respond) {
    const wanted = request.getDataset().getElements().AccessionNumber;
    const responses = config.worklist
      .filter((entry) => !wanted || entry.AccessionNumber === wanted)
      .map((entry) => {
        const match = dimse.CFindResponse.fromRequest(request);
        match.setStatus(PENDING);
        match.setDataset(new dimse.Dataset(entry));
        return match;
      });
    const last = dimse.CFindResponse.fromRequest(request);
    last.setStatus(0);
    respond([...responses, last]);
  }

  nCreateRequest(request, respond) {
    const instance = request.getAffectedSopInstanceUid();
    const attributes = request.getDataset().getElements();
    states.set(instance, attributes.PerformedProcedureStepStatus);
    const response = dimse.NCreateResponse.fromRequest(request);
    response.setStatus(0);
    respond(response);
    say({ event: 'created', instance, attributes });
  }

  nSetRequest(request, respond) {
    const instance = request.getRequestedSopInstanceUid();
    const attributes = request.getDataset().getElements();
    const status = FINAL_STATES.includes(states.get(instance)) ? MAY_NO_LONGER_BE_UPDATED : 0;
    if (status === 0) {
      states.set(instance, attributes.PerformedProcedureStepStatus);
    }
    const response = dimse.NSetResponse.fromRequest(request);
    response.setStatus(status);
    respond(response);
    say({ event: 'set', instance, attributes, status });
  }

  cEchoRequest(request, respond) {
    const response = dimse.CEchoResponse.fromRequest(request);
    response.setStatus(0);
    respond(response);
  }

  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }
}

(async () => {
  const { port } = await dimse.listen(Department, config.listenPort);
  say({ event: 'ready', port });
  serve({});
})();
