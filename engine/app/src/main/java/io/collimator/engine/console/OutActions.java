package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.destination.Destination;
import io.collimator.engine.messaging.BrokerException;
import io.collimator.engine.messaging.DeadLetters.DeadLetter;
import io.collimator.engine.messaging.OutgoingMessages;
import io.collimator.engine.messaging.OutgoingMessages.Named;
import io.collimator.engine.messaging.OutgoingMessages.Outgoing;
import io.collimator.workflow.outbox.HeldLine;
import io.collimator.workflow.usecase.HeldLines.Counted;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/out}, and {@code POST /api/out/{destination}/retry}, {@code park}, {@code drop}, {@code pause}, {@code resume}. */
final class OutActions {

    static final String PATH = "/api/out";

    private static final Set<String> ACTIONS = Set.of("retry", "park", "drop", "pause", "resume");
    private static final int MAX_REASON = 200;

    private final OutgoingMessages outgoing;

    OutActions(OutgoingMessages outgoing) {
        this.outgoing = outgoing;
    }

    /** What a path asks for. */
    private record Asked(String destination, String action) {}

    private static Optional<Asked> asked(String path) {
        String[] segments =
                path.startsWith(PATH + "/") ? path.substring(PATH.length() + 1).split("/", -1) : new String[0];
        return segments.length == 2 && !segments[0].isEmpty() && ACTIONS.contains(segments[1])
                ? Optional.of(new Asked(segments[0], segments[1]))
                : Optional.empty();
    }

    boolean takesBody(String path) {
        return asked(path).isPresent();
    }

    Reply list() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        try {
            outgoing.all().forEach(one -> items.add(item(one)));
        } catch (BrokerException e) {
            return Reply.problem(503, String.valueOf(e.getMessage()), PATH);
        }
        return Reply.json(json);
    }

    private static ObjectNode item(Outgoing one) {
        Destination destination = one.destination();
        Optional<Destination.Waiting> waits = destination.waiting();
        Optional<Instant> paused = destination.pausedSince();
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("destination", destination.name())
                .put("queue", one.queue().isEmpty() ? null : one.queue())
                .put("state", paused.isPresent() ? "paused" : waits.isPresent() ? "waiting" : "delivering")
                .put(
                        "since",
                        paused.or(() -> waits.map(Destination.Waiting::since))
                                .map(Instant::toString)
                                .orElse(null))
                .put("reason", waits.map(waiting -> waiting.failure().reason()).orElse(null))
                .put("waiting", one.messages());
        ArrayNode held = item.putArray("held");
        one.held().forEach(line -> held.add(held(line)));
        ArrayNode letters = item.putArray("deadLetters");
        one.deadLetters().forEach(letter -> letters.add(letter(letter)));
        return item;
    }

    private static ObjectNode held(Counted counted) {
        HeldLine line = counted.line();
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "accessionNumber",
                        line.accession() == null ? null : line.accession().value())
                .put("name", line.line().name())
                .put("state", line.isParked() ? "parked" : "waiting")
                .put("since", line.since().toString())
                .put("attempts", line.attempts())
                .put("nextAt", line.isParked() ? null : line.nextAt().toString())
                .put("reason", line.reason())
                .put("messages", counted.messages());
    }

    private static ObjectNode letter(DeadLetter letter) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("outboxId", letter.key())
                .put("accessionNumber", letter.accessionNumber().isEmpty() ? null : letter.accessionNumber())
                .put("eventType", letter.eventType())
                .put("reason", letter.reason())
                .put("receiverSays", letter.receiverSays().isEmpty() ? null : letter.receiverSays())
                .put("at", letter.sentAt().toString());
    }

    Reply post(Request request) {
        Asked asked = asked(request.path()).orElseThrow();
        Optional<Named> named = outgoing.named(Request.decode(asked.destination()));
        if (named.isEmpty()) {
            return Reply.problem(
                    404,
                    "There is no such destination; there are: %s.".formatted(String.join(", ", outgoing.names())),
                    request.path());
        }
        try {
            return act(asked.action(), named.get(), new Wish(request.json()), request.path());
        } catch (BrokerException e) {
            return Reply.problem(503, String.valueOf(e.getMessage()), request.path());
        }
    }

    private Reply act(String action, Named named, Wish wish, String path) {
        switch (action) {
            case "pause" -> outgoing.pause(named);
            case "resume" -> outgoing.resume(named);
            case "retry" -> {
                int changed = wish.deadLetters()
                        ? outgoing.moveBack(named, wish.accession())
                        : outgoing.retry(named, wish.accession());
                return wish.accession() != null && changed == 0 ? nothing(path) : done(named, changed);
            }
            case "park" -> {
                return outgoing.park(named, wish.needsAccession()) ? done(named, 1) : nothing(path);
            }
            default -> {
                int changed = wish.deadLetters()
                        ? outgoing.dropDeadLetters(named, wish.accession(), wish.reason())
                        : outgoing.drop(named, wish.needsAccession(), wish.reason()) ? 1 : 0;
                return changed == 0 ? nothing(path) : done(named, changed);
            }
        }
        return done(named, 0);
    }

    private static Reply done(Named named, int changed) {
        return Reply.json(JsonNodeFactory.instance
                .objectNode()
                .put("destination", named.destination().name())
                .put("changed", changed));
    }

    private static Reply nothing(String path) {
        return Reply.problem(
                404, "Nothing like this waits aside; GET /api/out lists what does. Nothing was changed.", path);
    }

    /** The members of a body. */
    private record Wish(JsonNode body) {

        @Nullable
        String accession() {
            return body.hasNonNull("accessionNumber")
                    ? body.path("accessionNumber").asText()
                    : null;
        }

        String needsAccession() {
            String accession = accession();
            if (accession == null || accession.isBlank()) {
                throw new BadRequestException("The member accessionNumber is missing; name what waits aside.");
            }
            return accession;
        }

        boolean deadLetters() {
            return Request.flag(body, "deadLetters");
        }

        String reason() {
            String reason = body.path("reason").asText("").strip();
            if (reason.isEmpty() || reason.length() > MAX_REASON) {
                throw new BadRequestException(
                        "The member reason has 1 to %d characters: it stands in the timeline.".formatted(MAX_REASON));
            }
            return reason;
        }
    }
}
