package io.collimator.engine.cli;

import io.collimator.engine.config.EngineSettings;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.Explanation;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.MappedStep;
import io.collimator.mapping.Mapping;
import io.collimator.mapping.MappingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a message would become, without sending it anywhere. */
@Command(
        name = "map",
        description = "Shows the worklist entries that an HL7 message would make: each attribute with rule and source.")
final class MapCommand implements Callable<Integer> {

    private static final String ONLY_PROFILE = "default";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Parameters(paramLabel = "FILE.hl7", description = "An HL7 v2 message; segments may end with CR, LF or CRLF.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--profile", paramLabel = "P", description = "Profile of the sender; there is one: default.")
    private String profile = ONLY_PROFILE;

    @Override
    public Integer call() throws IOException {
        if (!profile.equals(ONLY_PROFILE)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--profile is \"%s\"; there is one profile: default.".formatted(profile));
        }
        EngineSettings settings = home.settings();
        Mapping mapping = Mapping.load(
                home.home().root().resolve("mapping"),
                new MappingSettings(settings.zone(), settings.hl7().patientIdAuthority()));
        try {
            print(mapping.map(Hl7Message.parse(MessageFile.read(file).content())));
            return CommandLine.ExitCode.OK;
        } catch (Hl7RejectedException refused) {
            throw new CommandFailedException(file + " would be refused: " + refused.getMessage(), refused);
        }
    }

    private void print(MappedMessage mapped) {
        PrintWriter out = spec.commandLine().getOut();
        int number = 0;
        for (MappedStep step : mapped.steps()) {
            number++;
            out.printf(
                    "Step %d of %d · order control %s%n", number, mapped.steps().size(), step.orderControl());
            int path = width(step.explanations().stream().map(Explanation::path).toList());
            int value =
                    width(step.explanations().stream().map(MapCommand::valueOf).toList());
            for (Explanation explanation : step.explanations()) {
                out.printf(
                        "  %s  %s  %s from %s%s%n",
                        padded(explanation.path(), path),
                        padded(valueOf(explanation), value),
                        explanation.ruleId(),
                        explanation.source(),
                        explanation.onlyIfEmpty() ? " (only where the entry has no value)" : "");
            }
        }
        mapped.warnings().forEach(warning -> out.println("warning: " + warning));
    }

    private static String valueOf(Explanation explanation) {
        return explanation.value().isEmpty() ? "(cleared)" : explanation.value();
    }

    private static int width(List<String> texts) {
        return Math.min(60, texts.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
