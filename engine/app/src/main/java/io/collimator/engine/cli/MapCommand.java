package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.cli.remote.RemoteEngine;
import io.collimator.engine.cli.view.ChangeText;
import io.collimator.engine.cli.view.ComparisonText;
import io.collimator.engine.cli.view.MappedText;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.MappingChangeSettings;
import io.collimator.engine.intake.OrderForesight;
import io.collimator.engine.messaging.NoticeFormat;
import io.collimator.engine.reload.Comparison;
import io.collimator.engine.reload.MappingTrial;
import io.collimator.engine.reload.ProfileReading;
import io.collimator.engine.reload.Sample;
import io.collimator.engine.reload.SetCheck;
import io.collimator.engine.reload.StatusPreview;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.CaseResult;
import io.collimator.mapping.MappingFiles;
import io.collimator.mapping.MappingSet;
import io.collimator.mapping.SenderProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What messages would become, by one mapping or by two, without sending them anywhere. */
@Command(
        name = "map",
        description = {
            "Shows what an HL7 message would become: each attribute with rule and source, and what stays empty and why.",
            "With --against: what another mapping would make of messages, beside the home's."
        })
final class MapCommand implements Callable<Integer> {

    private static final int MAX_MESSAGES = 10_000;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final EngineOption engine = new EngineOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE.hl7",
            description = "HL7 v2 messages, one a file, or folders of them; segments may end with CR, LF or CRLF.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "P",
            description = "Profile of the sender, of mapping/senders.yaml; default: the one that MSH-3 and MSH-4 pick.")
    private String profile = "";

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "Home or mapping folder of a candidate; shows what would differ.")
    private @Nullable Path against;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "With --against: the N messages that a running engine received last, beside its own mapping.")
    private int last;

    @Option(
            names = "--update-case",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Write what the mapping makes of mapping/cases/NAME/message.hl7 as its expected.json.")
    private List<String> updateCases = new ArrayList<>();

    @Option(names = "--update-failed", description = "The same for every golden case that fails.")
    private boolean updateFailed;

    @Override
    public Integer call() throws IOException {
        if (updateFailed || !updateCases.isEmpty()) {
            return update();
        } else if (last < 0 || last > MappingChangeSettings.MAX_COMPARED) {
            throw usage("--last is %d; it goes from 1 to %d.".formatted(last, MappingChangeSettings.MAX_COMPARED));
        } else if (against == null && last > 0) {
            throw usage("--last needs --against DIR, the mapping to compare with.");
        } else if (files.isEmpty() == (last == 0)) {
            throw usage("Name files or folders of HL7 messages, or --against DIR with --last N.");
        }
        if (against == null) {
            return explain();
        }
        return last > 0 ? compareLast(MappingSource.read(against)) : compareFiles(MappingSource.placeIn(against));
    }

    private CommandLine.ParameterException usage(String text) {
        return new CommandLine.ParameterException(spec.commandLine(), text);
    }

    private int explain() throws IOException {
        EngineSettings settings = engine.home().settings();
        MappingSet mapping =
                SetCheck.of(Optional.of(settings)).load(engine.home().home().mapping());
        int refused = 0;
        List<Path> messages = messages();
        for (Path file : messages) {
            PrintWriter out = spec.commandLine().getOut();
            if (messages.size() > 1) {
                out.printf("%s%n", file);
            }
            try {
                explain(file, mapping, settings);
            } catch (Hl7RejectedException e) {
                refused++;
                spec.commandLine().getErr().println("collimator: " + file + " would be refused: " + e.getMessage());
            }
        }
        return refused == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int update() throws IOException {
        Path folder = engine.home().home().mapping();
        List<CaseResult> results =
                SetCheck.of(Optional.of(engine.home().settings())).load(folder).runCases();
        List<CaseResult> meant = meant(results);
        for (CaseResult result : meant) {
            if (result.actual().isEmpty()) {
                throw new CommandFailedException(result.name() + ": " + String.join("; ", result.differences()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        for (CaseResult result : meant) {
            result.differences().forEach(difference -> out.println("  " + difference));
            Files.writeString(folder.resolve("cases").resolve(result.name()).resolve("expected.json"), result.actual());
            out.printf(
                    "mapping/cases/%s/expected.json holds what the mapping makes now; look it through.%n",
                    result.name());
        }
        if (meant.isEmpty()) {
            out.println("No golden case fails.");
        }
        return CommandLine.ExitCode.OK;
    }

    private List<CaseResult> meant(List<CaseResult> results) {
        Map<String, CaseResult> known = new LinkedHashMap<>();
        results.forEach(result -> known.put(result.name(), result));
        for (String name : updateCases) {
            if (!known.containsKey(name)) {
                throw new CommandFailedException(
                        "There is no mapping/cases/%s with a message.hl7 in it.".formatted(name));
            }
        }
        return results.stream()
                .filter(result -> updateCases.contains(result.name()) || (updateFailed && !result.holds()))
                .toList();
    }

    private void explain(Path file, MappingSet mapping, EngineSettings settings) throws IOException {
        byte[] content = MessageFile.read(file).content();
        SenderProfile sender =
                sender(mapping, Hl7Headers.read(content, settings.hl7().characterSet()));
        Hl7Message message = Hl7Message.parse(
                content, ProfileReading.of(sender, settings.hl7().reading()));
        new MappedText(
                        spec.commandLine().getOut(),
                        new OrderForesight(),
                        settings.worklist().timeWhenOnlyADate())
                .print(message, mapping, sender);
    }

    private SenderProfile sender(MappingSet mapping, Optional<Hl7Headers> headers) {
        if (profile.isEmpty()) {
            return headers.map(known -> mapping.senders().pick(0, known))
                    .orElseGet(() -> mapping.senders().standard());
        }
        return mapping.senders()
                .find(profile)
                .orElseThrow(() -> usage("--profile is \"%s\"; mapping/senders.yaml has: %s."
                        .formatted(
                                profile,
                                String.join(
                                        ", ",
                                        mapping.senders().all().stream()
                                                .map(SenderProfile::name)
                                                .toList()))));
    }

    private int compareFiles(Path candidate) throws IOException {
        EngineSettings settings = engine.home().settings();
        SetCheck check = SetCheck.of(Optional.of(settings));
        List<Sample> samples = new ArrayList<>();
        for (Path file : messages()) {
            samples.add(new Sample(file.toString(), MessageFile.read(file).content(), profile));
        }
        Comparison comparison = Comparison.of(
                new MappingTrial(
                        settings.hl7().reading(), new StatusPreview(NoticeFormat.of(settings)), new OrderForesight()),
                check.load(engine.home().home().mapping()),
                check.candidate(candidate),
                samples);
        ComparisonText.compared(comparison.json()).print(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }

    private int compareLast(MappingFiles candidate) {
        ObjectNode body = MappingSource.json(candidate).put("last", last);
        RemoteEngine.Answer answer = engine.engine().post("/api/mapping/compare", body);
        if (!answer.isOk()) {
            for (JsonNode finding : answer.json().path("findings")) {
                spec.commandLine().getErr().println("error: " + ChangeText.finding(finding));
            }
            throw new CommandFailedException(answer.detail());
        }
        ComparisonText.compared(answer.json()).print(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }

    /** Files as named, folders with every .hl7 file in them, sorted. */
    private List<Path> messages() throws IOException {
        List<Path> messages = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isDirectory(file)) {
                messages.add(file);
                continue;
            }
            try (Stream<Path> inside = Files.walk(file)) {
                inside.filter(path -> path.toString().endsWith(".hl7"))
                        .filter(Files::isRegularFile)
                        .sorted()
                        .limit(MAX_MESSAGES + 1L)
                        .forEach(messages::add);
            }
        }
        if (messages.size() > MAX_MESSAGES) {
            throw new CommandFailedException("These are more than %d messages; name fewer.".formatted(MAX_MESSAGES));
        } else if (messages.isEmpty()) {
            throw new CommandFailedException("There is no file that ends in .hl7 there.");
        }
        return messages;
    }
}
