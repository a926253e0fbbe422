package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.messaging.Queues;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.usecase.RefillBroker.Answer;
import io.collimator.workflow.usecase.RefillBroker.Busy;
import io.collimator.workflow.usecase.RefillBroker.Counts;
import io.collimator.workflow.usecase.RefillBroker.Refilled;
import io.collimator.workflow.usecase.RefillBroker.Wish;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/out/refill} and {@code /api/out/{destination}/refill}: a broker that was lost is filled again. */
final class OutResource {

    private static final String PATH = "/api/out/";
    private static final String REFILL = "refill";
    private static final List<String> QUEUES = List.of(Queues.STATUS, Queues.RESULTS, Queues.EVENTS, Queues.EXCEPTIONS);

    private final Function<Wish, Answer> refill;
    private final NamedAccessions named;
    private final Function<String, Optional<String>> destinations;

    /** @param destinations the queue of a destination of routes, by its name */
    OutResource(Function<Wish, Answer> refill, NamedAccessions named, Function<String, Optional<String>> destinations) {
        this.refill = refill;
        this.named = named;
        this.destinations = destinations;
    }

    boolean takesBody(String path) {
        return path.equals(PATH + REFILL) || destination(path).isPresent();
    }

    /** The destination as it was sent, percent-encoded; empty when the path names none. */
    private static Optional<String> destination(String path) {
        String end = "/" + REFILL;
        if (!path.startsWith(PATH) || !path.endsWith(end) || path.length() <= PATH.length() + end.length()) {
            return Optional.empty();
        }
        String destination = path.substring(PATH.length(), path.length() - end.length());
        return destination.indexOf('/') < 0 ? Optional.of(destination) : Optional.empty();
    }

    Reply post(Request request) {
        Optional<String> destination = destination(request.path()).map(Request::decode);
        Optional<String> queue = destination.flatMap(this::queue);
        if (destination.isPresent() && queue.isEmpty()) {
            return Reply.problem(
                    404,
                    "There is no such destination; there are: status, results, events, exceptions, and those that GET /api/out names.",
                    request.path());
        }
        JsonNode body = request.json();
        return reply(
                refill.apply(new Wish(queue.orElse(null), accession(body), Request.flag(body, "anyway"))),
                request.path());
    }

    private Optional<String> queue(String destination) {
        return QUEUES.stream()
                .filter(queue -> Queues.isNamed(queue, destination))
                .findFirst()
                .or(() -> destinations.apply(destination));
    }

    private @Nullable AccessionReference accession(JsonNode body) {
        JsonNode number = body.path("accessionNumber");
        if (number.isMissingNode() || number.isNull()) {
            return null;
        }
        JsonNode issuer = body.path("issuer");
        return named.of(number.asText(""), issuer.isMissingNode() || issuer.isNull() ? null : issuer.asText(""))
                .orElseThrow(() -> new BadRequestException(
                        "The member accessionNumber must be an accession number of 1 to 16 characters."));
    }

    private static Reply reply(Answer answer, String path) {
        if (answer instanceof Refilled refilled) {
            return Reply.json(json(refilled));
        }
        return answer instanceof Busy
                ? Reply.problem(409, "Another refill is under way; wait for its end.", path)
                : Reply.problem(
                        409,
                        "The broker is an external one (collimator.jms.url), of which the engine does not know whether it lost anything; nothing was put back. If it did, refill it anyway (--anyway; \"anyway\": true): what receivers accepted by our routes is left out, everything else that is kept is sent again.",
                        path);
    }

    private static ObjectNode json(Refilled refilled) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("brokerLost", refilled.brokerLost());
        json.put(
                "putBack",
                refilled.queues().values().stream().mapToInt(Counts::putBack).sum());
        ObjectNode queues = json.putObject("queues");
        for (Map.Entry<String, Counts> queue : refilled.queues().entrySet()) {
            ObjectNode counts = queues.putObject(queue.getKey());
            counts.put("putBack", queue.getValue().putBack());
            for (DeliveryOutcome outcome : DeliveryOutcome.values()) {
                counts.put(name(outcome), queue.getValue().skipped().getOrDefault(outcome, 0));
            }
            counts.put("withoutQueue", queue.getValue().withoutQueue());
        }
        return json;
    }

    private static String name(DeliveryOutcome outcome) {
        return outcome == DeliveryOutcome.DEAD_LETTER
                ? "deadLettered"
                : outcome.name().toLowerCase(Locale.ROOT);
    }
}
