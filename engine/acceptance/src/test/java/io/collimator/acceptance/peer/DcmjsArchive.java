package io.collimator.acceptance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An archive on dcmjs-dimse: the SCP of storage commitment, which behaves as it is told. */
public final class DcmjsArchive implements AutoCloseable {

    private static final Duration ACTION = Duration.ofSeconds(20);

    /** How it reports. */
    public enum Way {
        SAME_ASSOCIATION("same"),
        NEW_ASSOCIATION("new"),
        SILENT("silent");

        private final String word;

        Way(String word) {
            this.word = word;
        }
    }

    /**
     * What it does with requests.
     *
     * @param delay between its answer and its report
     * @param failures Failure Reason by SOP Instance UID; it vouches for every other instance
     * @param actionStatus status of the N-ACTION response; after a failure comes no report
     */
    public record Behaviour(Way way, Duration delay, Map<String, Integer> failures, int actionStatus) {
        public Behaviour {
            failures = Map.copyOf(failures);
        }

        /** Vouches for everything, at once. */
        public static Behaviour vouching(Way way) {
            return new Behaviour(way, Duration.ZERO, Map.of(), 0);
        }

        public Behaviour failing(Map<String, Integer> reasons) {
            return new Behaviour(way, delay, reasons, actionStatus);
        }

        public Behaviour after(Duration wait) {
            return new Behaviour(way, wait, failures, actionStatus);
        }

        public Behaviour refusing(int status) {
            return new Behaviour(way, delay, failures, status);
        }
    }

    /** A request that it got. */
    public record Action(String transaction, String callingAeTitle, List<ReferencedInstance> instances) {
        static Action of(JsonNode event) {
            return new Action(
                    event.path("transaction").asText(),
                    event.path("callingAeTitle").asText(),
                    ReferencedInstance.listOf(event.path("references")));
        }
    }

    /** A report of our own making, on a new association. */
    public record Unasked(
            String transaction, List<ReferencedInstance> committed, List<ReferencedInstance> failed, String calling) {}

    private final JsonLinePeer peer;
    private final String aeTitle;

    private DcmjsArchive(JsonLinePeer peer, String aeTitle) {
        this.peer = peer;
        this.aeTitle = aeTitle;
    }

    /**
     * Starts it; it reports on the same association and vouches for everything until it is told otherwise.
     *
     * @param port 0 for any free port
     */
    public static DcmjsArchive start(String aeTitle, int port) {
        return new DcmjsArchive(
                JsonLinePeer.start(
                        "archive.js",
                        JsonLinePeer.JSON
                                .createObjectNode()
                                .put("aeTitle", aeTitle)
                                .put("listenPort", port)),
                aeTitle);
    }

    public PeerAddress address() {
        return PeerAddress.loopback(new AeTitle(aeTitle), peer.port());
    }

    /** Where reports on a new association go; the called AE title is that of the requester. */
    public void reportTo(PeerAddress requester) {
        peer.ask(JsonLinePeer.command("target").put("host", requester.host()).put("port", requester.port()));
    }

    public void behave(Behaviour behaviour) {
        peer.ask(commandFor(behaviour));
    }

    /** As {@link #behave}, but without the role selection item (PS3.7 §D.3.3.4) on new associations. */
    public void behaveWithoutRoleItem(Behaviour behaviour) {
        peer.ask(commandFor(behaviour).put("roleItem", false));
    }

    /** As {@link #behave}, but under another AE title on new associations. */
    public void behaveAs(String callingAeTitle, Behaviour behaviour) {
        peer.ask(commandFor(behaviour).put("callingAeTitle", callingAeTitle));
    }

    private static ObjectNode commandFor(Behaviour behaviour) {
        ObjectNode command = JsonLinePeer.command("behave")
                .put("way", behaviour.way().word)
                .put("delayMillis", behaviour.delay().toMillis())
                .put("actionStatus", behaviour.actionStatus());
        ObjectNode failures = command.putObject("fail");
        behaviour.failures().forEach(failures::put);
        return command;
    }

    /** Reports on a new association, asked or not; returns the answer. */
    public PeerAnswer report(Unasked report, String calledAeTitle) {
        ObjectNode command = JsonLinePeer.command("report")
                .put("transaction", report.transaction())
                .put("calledAeTitle", calledAeTitle)
                .put("callingAeTitle", report.calling());
        command.set("committed", ReferencedInstance.toJson(report.committed()));
        command.set("failed", ReferencedInstance.toJson(report.failed()));
        return PeerAnswer.of(peer.ask(command));
    }

    /** Requests so far, in order. */
    public List<Action> actions() {
        return peer.events("action").stream().map(Action::of).toList();
    }

    /** Waits for a request that names the instance. */
    public Action awaitAction(String instance) {
        return Action.of(peer.awaitEvent(
                "action",
                event -> Action.of(event).instances().stream()
                        .anyMatch(one -> one.instance().equals(instance)),
                ACTION));
    }

    /** Waits until its report of a transaction was answered, refused or could not be delivered. */
    public PeerAnswer awaitReported(String transaction) {
        return PeerAnswer.of(peer.awaitEvent(
                "reported",
                event -> transaction.equals(event.path("transaction").asText()),
                ACTION));
    }

    @Override
    public void close() {
        peer.close();
    }
}
