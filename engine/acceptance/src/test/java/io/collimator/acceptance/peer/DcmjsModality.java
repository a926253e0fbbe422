package io.collimator.acceptance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A modality on dcmjs-dimse. Each request goes on an association of its own; it takes commitment reports on that of the
 * request while it holds it, and on new ones whose requestor proposes the SCP role (PS3.7 §D.3.3.4), no others. Data sets
 * are objects by keyword.
 */
public final class DcmjsModality implements AutoCloseable {

    private static final Map<Offer, String> SYNTAXES =
            Map.of(Offer.IMPLICIT, "implicit", Offer.EXPLICIT, "explicit", Offer.BIG_ENDIAN, "big");
    private static final Duration REPORT = Duration.ofSeconds(20);

    /** Code of CID 9300 that takes a step back: the wrong worklist entry was picked. */
    public static final String WRONG_WORKLIST_ENTRY = "110514";

    /** Which transfer syntaxes it offers. */
    public enum Offer {
        IMPLICIT,
        EXPLICIT,
        BIG_ENDIAN,
        BOTH
    }

    /** A series of a performed step. */
    public record Series(String seriesInstanceUid, List<ReferencedInstance> instances) {
        public Series {
            instances = List.copyOf(instances);
        }
    }

    private final JsonLinePeer peer;
    private final String aeTitle;

    private DcmjsModality(JsonLinePeer peer, String aeTitle) {
        this.peer = peer;
        this.aeTitle = aeTitle;
    }

    /**
     * Starts it.
     *
     * @param port where it listens for reports, 0 for any free port
     */
    public static DcmjsModality start(String aeTitle, int port) {
        return new DcmjsModality(
                JsonLinePeer.start(
                        "modality.js",
                        JsonLinePeer.JSON
                                .createObjectNode()
                                .put("aeTitle", aeTitle)
                                .put("listenPort", port)),
                aeTitle);
    }

    /** Where it listens for reports. */
    public PeerAddress address() {
        return PeerAddress.loopback(new AeTitle(aeTitle), peer.port());
    }

    /** Whom it asks from now on. */
    public void target(PeerAddress engine, Offer offer) {
        ObjectNode command = JsonLinePeer.command("target")
                .put("host", engine.host())
                .put("port", engine.port())
                .put("aeTitle", engine.aeTitle().value());
        if (offer != Offer.BOTH) {
            command.put("syntax", SYNTAXES.get(offer));
        }
        peer.ask(command);
    }

    public PeerAnswer echo() {
        return PeerAnswer.of(peer.ask(JsonLinePeer.command("echo")));
    }

    /** C-FIND of the worklist. */
    public PeerAnswer find(JsonNode query) {
        return PeerAnswer.of(peer.ask(JsonLinePeer.command("find").set("query", query)));
    }

    /**
     * N-CREATE {@code IN PROGRESS} built from a worklist item as it was found.
     *
     * @param instance null leaves the UID to the SCP
     * @param changes attributes that replace or complete those built; empty for none
     */
    public PeerAnswer start(@Nullable String instance, JsonNode item, JsonNode changes) {
        ObjectNode command = JsonLinePeer.command("start");
        if (instance != null) {
            command.put("instance", instance);
        }
        command.set("item", item);
        return PeerAnswer.of(peer.ask(command.set("attributes", changes)));
    }

    /** The final N-SET, {@code COMPLETED}. */
    public PeerAnswer complete(String instance, List<Series> series) {
        return PeerAnswer.of(peer.ask(finish(instance, "COMPLETED", series)));
    }

    /** The final N-SET, {@code DISCONTINUED} for a reason of CID 9300, for instance {@link #WRONG_WORKLIST_ENTRY}. */
    public PeerAnswer discontinue(String instance, String reasonCode, List<Series> series) {
        ObjectNode command = finish(instance, "DISCONTINUED", series);
        command.putObject("reason").put("code", reasonCode).put("meaning", "Reason " + reasonCode);
        return PeerAnswer.of(peer.ask(command));
    }

    private static ObjectNode finish(String instance, String status, List<Series> series) {
        ObjectNode command =
                JsonLinePeer.command("finish").put("instance", instance).put("status", status);
        var list = command.putArray("series");
        for (Series one : series) {
            list.addObject()
                    .put("series", one.seriesInstanceUid())
                    .set("references", ReferencedInstance.toJson(one.instances()));
        }
        return command;
    }

    /** N-CREATE with these attributes and no others. */
    public PeerAnswer create(@Nullable String instance, JsonNode attributes) {
        ObjectNode command = JsonLinePeer.command("create");
        if (instance != null) {
            command.put("instance", instance);
        }
        return PeerAnswer.of(peer.ask(command.set("attributes", attributes)));
    }

    /** N-SET with these attributes and no others. */
    public PeerAnswer set(String instance, JsonNode attributes) {
        ObjectNode command = JsonLinePeer.command("set").put("instance", instance);
        return PeerAnswer.of(peer.ask(command.set("attributes", attributes)));
    }

    /** N-GET of MPPS Retrieve; what came is in the answer's line, by keyword. */
    public PeerAnswer get(String instance, String... keywords) {
        ObjectNode command = JsonLinePeer.command("get").put("instance", instance);
        List.of(keywords).forEach(command.putArray("keywords")::add);
        return PeerAnswer.of(peer.ask(command));
    }

    /**
     * N-ACTION request for storage commitment; returns with the response.
     *
     * @param hold how long it keeps the association open for the report; zero releases at once
     */
    public PeerAnswer requestCommitment(String transaction, List<ReferencedInstance> instances, Duration hold) {
        ObjectNode command =
                JsonLinePeer.command("commit").put("transaction", transaction).put("holdMillis", hold.toMillis());
        return PeerAnswer.of(peer.ask(command.set("references", ReferencedInstance.toJson(instances))));
    }

    /** The status that it answers reports with from now on; 0 at first. */
    public void answerReportsWith(int status) {
        peer.ask(JsonLinePeer.command("answer").put("status", status));
    }

    /** Takes no new associations until {@link #listenAgain()}. */
    public void stopListening() {
        peer.ask(JsonLinePeer.command("unlisten"));
    }

    /** Listens on the port that it had at first. */
    public void listenAgain() {
        peer.ask(JsonLinePeer.command("listen").put("port", peer.port()));
    }

    /** Waits for the report of a transaction. */
    public CommitmentReport awaitReport(String transaction) {
        return CommitmentReport.of(peer.awaitEvent(
                "report", event -> transaction.equals(event.path("transaction").asText()), REPORT));
    }

    /** Every report so far, refused ones too. */
    public List<CommitmentReport> reports() {
        return peer.events("report").stream().map(CommitmentReport::of).toList();
    }

    @Override
    public void close() {
        peer.close();
    }
}
