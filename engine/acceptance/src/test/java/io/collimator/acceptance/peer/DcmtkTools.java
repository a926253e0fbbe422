package io.collimator.acceptance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.simulators.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** DCMTK's command line tools, each run in bounded time in a folder of its own under the one given. */
public final class DcmtkTools {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Which transfer syntaxes {@code findscu} offers. */
    public enum Offer {
        IMPLICIT("-xi"),
        EXPLICIT("-xe");

        private final String option;

        Offer(String option) {
            this.option = option;
        }
    }

    /** What a tool left behind. */
    public record ToolRun(int exitCode, String output) {}

    /**
     * What {@code findscu} got.
     *
     * @param matches data sets in the DICOM JSON model (PS3.18 §F)
     */
    public record FindRun(ToolRun run, List<JsonNode> matches) {}

    private final Path folder;

    public DcmtkTools(Path folder) {
        this.folder = folder;
    }

    public ToolRun echo(String calling, PeerAddress called) {
        return run(newFolder("echo"), "echoscu", associationArguments(calling, called, List.of("-v")));
    }

    /**
     * C-FIND of the worklist.
     *
     * @param keys in the tool's own form, for instance {@code AccessionNumber=A1} or
     *     {@code ScheduledProcedureStepSequence[0].Modality=CT}
     */
    public FindRun findWorklist(String calling, PeerAddress called, Offer offer, List<String> keys) {
        Path results = newFolder("find");
        List<String> arguments = new ArrayList<>(List.of("-v", "-W", "-X", offer.option));
        keys.forEach(key -> arguments.addAll(List.of("-k", key)));
        ToolRun run = run(results, "findscu", associationArguments(calling, called, arguments));
        return new FindRun(run, matchesIn(results));
    }

    /** C-STORE of files. */
    public ToolRun store(String calling, PeerAddress called, List<Path> files) {
        List<String> arguments = associationArguments(calling, called, List.of("-v"));
        files.forEach(file -> arguments.add(file.toString()));
        return run(newFolder("store"), "storescu", arguments);
    }

    /**
     * Makes a DICOM file without pixels.
     *
     * @param elements lines of dump2dcm by tag, for instance {@code (0008,0050)} and {@code SH [A1]}
     */
    public Path makeFile(Map<String, String> elements) {
        Path made = newFolder("make");
        Path file = made.resolve("object.dcm");
        List<String> lines = elements.entrySet().stream()
                .map(element -> element.getKey() + " " + element.getValue())
                .sorted()
                .toList();
        try {
            Files.write(made.resolve("object.dump"), lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The text for dump2dcm cannot be written.", e);
        }
        ToolRun run = run(made, "dump2dcm", List.of("+te", "object.dump", file.toString()));
        if (run.exitCode() != 0) {
            throw new IllegalStateException("dump2dcm made no file: " + run.output());
        }
        return file;
    }

    /** Makes a CT image without pixels, which any archive stores. */
    public Path makeCtImage(String study, String series, String instance, String accession) {
        return makeFile(Map.of(
                "(0008,0016)", "UI [" + ReferencedInstance.CT_IMAGE_STORAGE + "]",
                "(0008,0018)", "UI [" + instance + "]",
                "(0008,0050)", "SH [" + accession + "]",
                "(0008,0060)", "CS [CT]",
                "(0010,0010)", "PN [TEST^PEER]",
                "(0010,0020)", "LO [PEER1]",
                "(0020,000d)", "UI [" + study + "]",
                "(0020,000e)", "UI [" + series + "]"));
    }

    /**
     * Makes a secondary capture with a picture's JPEG as its one frame.
     *
     * @param elements by keyword
     */
    public Path makeSecondaryCapture(Path jpeg, Map<String, String> elements) {
        Path made = newFolder("make");
        Path file = made.resolve("object.dcm");
        List<String> arguments = new ArrayList<>();
        elements.forEach((keyword, value) -> arguments.addAll(List.of("-k", keyword + "=" + value)));
        arguments.addAll(List.of(jpeg.toString(), file.toString()));
        ToolRun run = run(made, "img2dcm", arguments);
        if (run.exitCode() != 0) {
            throw new IllegalStateException("img2dcm made no file: " + run.output());
        }
        return file;
    }

    private List<JsonNode> matchesIn(Path results) {
        try (Stream<Path> files = Files.list(results)) {
            return files.filter(file -> file.toString().endsWith(".dcm"))
                    .sorted()
                    .map(this::toJson)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The responses that findscu wrote cannot be listed.", e);
        }
    }

    private JsonNode toJson(Path file) {
        ToolRun run = run(newFolder("json"), "dcm2json", List.of(file.toString()));
        try {
            return JsonLinePeer.JSON.readTree(run.output());
        } catch (IOException e) {
            throw new UncheckedIOException("dcm2json gave no JSON: " + run.output(), e);
        }
    }

    private static List<String> associationArguments(String calling, PeerAddress called, List<String> first) {
        List<String> arguments = new ArrayList<>(first);
        arguments.addAll(List.of(
                "-to",
                "10",
                "-ta",
                "10",
                "-td",
                "10",
                "-aet",
                calling,
                "-aec",
                called.aeTitle().value()));
        arguments.addAll(List.of(called.host(), Integer.toString(called.port())));
        return arguments;
    }

    private ToolRun run(Path workingFolder, String tool, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(PeerFiles.tool(tool, "dcmtk")));
        command.addAll(arguments);
        Path output = workingFolder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingFolder.toFile()).redirectOutput(output.toFile());
        // DCMTK as packaged waits for the delayed ACK of the other side otherwise, 40 ms a response
        builder.environment().put("TCP_NODELAY", "1");
        try (PeerProcess process = PeerProcess.start(builder)) {
            int exitCode = process.await(PATIENCE);
            return new ToolRun(exitCode, Files.readString(output, StandardCharsets.UTF_8) + process.errors());
        } catch (IOException e) {
            throw new UncheckedIOException("The output of " + tool + " cannot be read.", e);
        }
    }

    private Path newFolder(String prefix) {
        try {
            return Files.createTempDirectory(folder, prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for a tool under " + folder + ".", e);
        }
    }
}
