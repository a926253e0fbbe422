package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A broker that lost its messages, filled from the outbox. */
@Command(
        name = "refill",
        description =
                "Sends again what a lost broker had, from the outbox: in order, with the same outboxId and MSH-10, without what receivers have accepted and what ended in the dead letters. Done twice it does nothing more.")
final class OutRefillCommand implements Callable<Integer> {

    /** Why notices are left out, by their name in the answer. */
    private static final List<Map.Entry<String, String>> LEFT_OUT = List.of(
            Map.entry("accepted", "accepted by the receiver"),
            Map.entry("outdated", "followed by a newer one that was accepted"),
            Map.entry("deadLettered", "in the dead letters"),
            Map.entry("unknown", "sent before it was recorded what is accepted"),
            Map.entry("withoutQueue", "for a queue that there is no more"));

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DESTINATION",
            description = "status, results, events, exceptions or a receiver; default: all.")
    private @Nullable String destination;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ACCESSION",
            description = "Only what is about this accession; default: everything.")
    private @Nullable String accession;

    @Option(
            names = "--issuer",
            paramLabel = "AUTHORITY",
            description =
                    "Who gave the accession number: NORTH, NORTH&1.2.3&ISO, or \"\" for nobody; default: anybody.")
    private @Nullable String issuer;

    @Option(
            names = "--anyway",
            description =
                    "Also what the broker that runs was given itself, and what was sent before it was recorded what receivers accept: for an external broker, and for one that lost messages and not its journal.")
    private boolean anyway;

    @Option(names = "--json", description = "Print what the engine answers.")
    private boolean json;

    @Override
    public Integer call() {
        String path = destination == null
                ? "/api/out/refill"
                : "/api/out/" + AccessionOption.encoded(destination) + "/refill";
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("anyway", anyway);
        if (accession != null) {
            body.put("accessionNumber", accession).put("issuer", issuer);
        }
        print(engine.post(path, body));
        return CommandLine.ExitCode.OK;
    }

    private void print(JsonNode refilled) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(refilled.toPrettyString());
            return;
        }
        if (!refilled.path("brokerLost").asBoolean() && !anyway) {
            out.println(
                    "This broker has everything that it was given; nothing is put back. If it lost messages all the same, add --anyway.");
            return;
        }
        out.printf("%d notices are sent again.%n", refilled.path("putBack").asInt());
        refilled.path("queues").properties().forEach(queue -> out.println("  " + line(queue)));
    }

    private static String line(Map.Entry<String, JsonNode> queue) {
        List<String> leftOut = new ArrayList<>();
        for (Map.Entry<String, String> reason : LEFT_OUT) {
            int count = queue.getValue().path(reason.getKey()).asInt();
            if (count > 0) {
                leftOut.add(count + " " + reason.getValue());
            }
        }
        return "%s: %d put back%s"
                .formatted(
                        queue.getKey(),
                        queue.getValue().path("putBack").asInt(),
                        leftOut.isEmpty() ? "" : "; left out: " + String.join(", ", leftOut));
    }
}
