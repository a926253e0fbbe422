package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Something that a person does with what waits for a destination; its name is the last segment of the path. */
abstract class OutActionCommand implements Callable<Integer> {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(
            index = "0",
            paramLabel = "DESTINATION",
            description = "As \"out list\" shows it, or the name of its queue: status-delivery, status.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String destination;

    /** The members of the request. */
    abstract ObjectNode body(ObjectNode empty);

    /** What was done, for people. */
    abstract String done(int changed);

    @Override
    public Integer call() {
        String action = spec.name();
        JsonNode answer = engine.post(
                "/api/out/%s/%s".formatted(AccessionOption.encoded(destination), action),
                body(JsonNodeFactory.instance.objectNode()));
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %s%n",
                        answer.path("destination").asText(),
                        done(answer.path("changed").asInt()));
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "retry",
            description =
                    "Sends again now what waits aside, also what is parked; with --dead-letters moves dead letters back to their queue.")
    static final class Retry extends OutActionCommand {

        @Parameters(index = "1", arity = "0..1", paramLabel = "ACCESSION", description = "Only this one; default: all.")
        private @Nullable String accession;

        @Option(names = "--dead-letters", description = "The dead letters instead.")
        private boolean deadLetters;

        @Override
        ObjectNode body(ObjectNode empty) {
            return empty.put("accessionNumber", accession).put("deadLetters", deadLetters);
        }

        @Override
        String done(int changed) {
            return deadLetters
                    ? "%d dead letters are back on their queue.".formatted(changed)
                    : "%d accessions are sent again.".formatted(changed);
        }
    }

    @Command(
            name = "park",
            description = "Sends nothing more of an accession that waits aside, until \"out retry\" or \"out drop\".")
    static final class Park extends OutActionCommand {

        @Parameters(index = "1", paramLabel = "ACCESSION", description = "The accession, as \"out list\" shows it.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private String accession;

        @Override
        ObjectNode body(ObjectNode empty) {
            return empty.put("accessionNumber", accession);
        }

        @Override
        String done(int changed) {
            return accession + " is parked.";
        }
    }

    @Command(
            name = "drop",
            description =
                    "Drops the first message of an accession that waits aside, for good; the next one has its turn. With --dead-letters drops dead letters.")
    static final class Drop extends OutActionCommand {

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "ACCESSION",
                description = "The accession, as \"out list\" shows it; with --dead-letters default: all.")
        private @Nullable String accession;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; it stands in the timeline. Write no patient data.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private String reason;

        @Option(names = "--dead-letters", description = "Dead letters instead.")
        private boolean deadLetters;

        @Override
        ObjectNode body(ObjectNode empty) {
            return empty.put("accessionNumber", accession).put("reason", reason).put("deadLetters", deadLetters);
        }

        @Override
        String done(int changed) {
            return "%d messages are dropped.".formatted(changed);
        }
    }

    @Command(name = "pause", description = "Sends nothing there until \"out resume\", also after a restart.")
    static final class Pause extends OutActionCommand {

        @Override
        ObjectNode body(ObjectNode empty) {
            return empty;
        }

        @Override
        String done(int changed) {
            return "paused.";
        }
    }

    @Command(name = "resume", description = "Sends there again.")
    static final class Resume extends OutActionCommand {

        @Override
        ObjectNode body(ObjectNode empty) {
            return empty;
        }

        @Override
        String done(int changed) {
            return "goes on.";
        }
    }
}
