package io.collimator.engine.intake;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DimseException;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.worklist.MalformedKeyException;
import org.apache.camel.Exchange;

/** {@code worklist}: answers C-FIND of Modality Worklist (PS3.4 §K.4.1.1.4). */
public final class WorklistIntake {

    private static final int IDENTIFIER_DOES_NOT_MATCH = 0xA900;
    private static final int UNABLE_TO_PROCESS = 0xC000;
    private static final int OUT_OF_RESOURCES = 0xA700;

    private final QueryWorklist queryWorklist;
    private final PeerCharacterSet characterSets;

    public WorklistIntake(QueryWorklist queryWorklist, ApplicationEntities peers) {
        this.queryWorklist = queryWorklist;
        this.characterSets = new PeerCharacterSet(peers);
    }

    /** Searches by the identifier in the body and leaves the matches there. */
    public void query(Exchange exchange) {
        DicomRequest request = new DicomRequest(exchange);
        DataSet identifier = request.dataSet();
        if (identifier.isEmpty()) {
            throw new DimseException(DimseStatus.of(UNABLE_TO_PROCESS, "The identifier is empty"));
        }
        try {
            exchange.getMessage()
                    .setBody(new WorklistAnswer(
                            queryWorklist.find(identifier), characterSets.of(request.calling(), identifier)));
        } catch (MalformedKeyException e) {
            throw new DimseException(DimseStatus.of(IDENTIFIER_DOES_NOT_MATCH, e.comment(), e.tag()), e);
        } catch (StorageException e) {
            throw storeIsAway(e);
        }
    }

    static DimseException storeIsAway(StorageException cause) {
        return new DimseException(
                DimseStatus.of(OUT_OF_RESOURCES, "The store does not answer; ask again later"), cause);
    }
}
