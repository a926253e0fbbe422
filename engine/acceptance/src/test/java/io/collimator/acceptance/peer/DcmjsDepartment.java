package io.collimator.acceptance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import java.time.Duration;
import java.util.Map;

/** A department on dcmjs-dimse: the SCP of Modality Worklist, of one entry, and of Modality Performed Procedure Step. */
final class DcmjsDepartment implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final JsonLinePeer peer;
    private final String aeTitle;

    private DcmjsDepartment(JsonLinePeer peer, String aeTitle) {
        this.peer = peer;
        this.aeTitle = aeTitle;
    }

    /**
     * Starts it on any free port.
     *
     * @param entry its worklist, by keyword
     */
    static DcmjsDepartment start(String aeTitle, Map<String, String> entry) {
        ObjectNode config =
                JsonLinePeer.JSON.createObjectNode().put("aeTitle", aeTitle).put("listenPort", 0);
        entry.forEach(config.putArray("worklist").addObject()::put);
        return new DcmjsDepartment(JsonLinePeer.start("department.js", config), aeTitle);
    }

    PeerAddress address() {
        return PeerAddress.loopback(new AeTitle(aeTitle), peer.port());
    }

    /** Waits for the attributes of the N-CREATE of a step, by keyword. */
    JsonNode awaitCreated(String instance) {
        return await("created", instance);
    }

    /** Waits for the attributes of the first N-SET of a step, by keyword. */
    JsonNode awaitSet(String instance) {
        return await("set", instance);
    }

    private JsonNode await(String event, String instance) {
        return peer.awaitEvent(
                        event, line -> instance.equals(line.path("instance").asText()), PATIENCE)
                .path("attributes");
    }

    @Override
    public void close() {
        peer.close();
    }
}
