package io.collimator.acceptance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A N-EVENT-REPORT of storage commitment as a modality saw it (PS3.4 Table J.3-2).
 *
 * @param newAssociation whether it came on an association that the reporter opened
 * @param callingAeTitle who reported
 * @param eventType 1 all committed, 2 failures exist
 */
public record CommitmentReport(
        String transaction,
        boolean newAssociation,
        String callingAeTitle,
        int eventType,
        List<ReferencedInstance> committed,
        List<ReferencedInstance> failed) {

    static CommitmentReport of(JsonNode event) {
        return new CommitmentReport(
                event.path("transaction").asText(),
                "new".equals(event.path("association").asText()),
                event.path("callingAeTitle").asText(),
                event.path("eventType").asInt(),
                ReferencedInstance.listOf(event.path("committed")),
                ReferencedInstance.listOf(event.path("failed")));
    }
}
