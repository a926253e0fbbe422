package io.collimator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What {@code bench/run codec} came to, as Markdown. */
record CodecReport(BenchOptions options, List<String> machine, Instant at, List<CodecMeasurement> measurements) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final String COPY = "copy of the bytes";
    private static final String DEFLATED = "DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN";

    /**
     * A line of the table.
     *
     * @param what read or written
     * @param baseline the benchmark beside it, with the same parameters unless it has none
     * @param beside what that one does
     */
    private record Line(String what, String benchmark, String parameters, String baseline, String beside) {

        static Line copied(String what, String benchmark, String parameters) {
            return new Line(what, benchmark, parameters, benchmark.replaceAll("\\..*", ".copy"), COPY);
        }
    }

    private static final List<Line> LINES = List.of(
            Line.copied("worklist entry, Implicit VR, read", "DataSetBenchmark.decode", "IMPLICIT_VR_LITTLE_ENDIAN"),
            Line.copied("worklist entry, Implicit VR, written", "DataSetBenchmark.encode", "IMPLICIT_VR_LITTLE_ENDIAN"),
            Line.copied("worklist entry, Explicit VR, read", "DataSetBenchmark.decode", "EXPLICIT_VR_LITTLE_ENDIAN"),
            Line.copied("worklist entry, Explicit VR, written", "DataSetBenchmark.encode", "EXPLICIT_VR_LITTLE_ENDIAN"),
            new Line(
                    "worklist entry, Deflated, read",
                    "DataSetBenchmark.decode",
                    DEFLATED,
                    "DeflateBenchmark.inflate",
                    "java.util.zip.Inflater alone"),
            new Line(
                    "worklist entry, Deflated, written",
                    "DataSetBenchmark.encode",
                    DEFLATED,
                    "DeflateBenchmark.deflate",
                    "java.util.zip.Deflater alone"),
            Line.copied("C-FIND-RQ, read", "CommandBenchmark.decode", ""),
            Line.copied("C-FIND-RSP, written", "CommandBenchmark.encode", ""),
            text("ISO_IR 100, read", "decode", "LATIN_1"),
            text("ISO_IR 100, written", "encode", "LATIN_1"),
            text("ISO_IR 192, read", "decode", "UTF_8"),
            text("ISO_IR 192, written", "encode", "UTF_8"),
            text("ISO 2022 IR 87, read", "decode", "ISO_2022_JAPANESE"),
            text("ISO 2022 IR 87, written", "encode", "ISO_2022_JAPANESE"),
            new Line(
                    "worklist entry, DICOM JSON, read",
                    "JsonBenchmark.read",
                    "",
                    "JsonBenchmark.jacksonRead",
                    "Jackson, to a tree"),
            new Line(
                    "worklist entry, DICOM JSON, written",
                    "JsonBenchmark.write",
                    "",
                    "JsonBenchmark.jacksonWrite",
                    "Jackson, from a tree"),
            Line.copied("P-DATA-TF, 128 bytes, read", "DataPduBenchmark.decode", "128"),
            Line.copied("P-DATA-TF, 128 bytes, written", "DataPduBenchmark.encode", "128"),
            Line.copied("P-DATA-TF, 16 KiB, read", "DataPduBenchmark.decode", "16378"),
            Line.copied("P-DATA-TF, 16 KiB, written", "DataPduBenchmark.encode", "16378"),
            Line.copied("A-ASSOCIATE-RQ, read", "AssociateBenchmark.decode", ""),
            Line.copied("A-ASSOCIATE-RQ, written", "AssociateBenchmark.encode", ""));

    private static Line text(String what, String method, String name) {
        String java = method.equals("decode") ? "TextBenchmark.java" : "TextBenchmark.javaEncode";
        return new Line("name in " + what, "TextBenchmark." + method, name, java, "String of java.lang");
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bench-codec.md"), markdown());
    }

    String markdown() {
        StringBuilder text = new StringBuilder("""
                # Cost of the DICOM codec

                Written by `bench/run codec`; run it again rather than edit it. Measured on %s.

                One thread, no network: what reading and writing costs, and beside it plain Java that moves the same bytes in the same
                run. The ratio says how far from the least possible it is; compare it, not the nanoseconds, between machines.

                | | ns | ± | bytes allocated | beside it | ns | ratio |
                | --- | ---: | ---: | ---: | --- | ---: | ---: |
                """.formatted(DATE.format(at)));
        LINES.forEach(line -> text.append(row(line)));
        text.append("\n## How it was measured\n\n");
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("""
                - JMH, mean time of an operation, a process for each benchmark: warm-up %.1f s, then %d intervals of %.1f s. ± is half of
                  the 99.9 %% interval that JMH computes.
                - A copy is `byte[].clone()` of the encoded bytes: nothing that reads or writes them can be faster, and it looks at none of
                  them. Reading P-DATA-TF can be, because the fragment is a view.
                - Inflater, Deflater, String and Jackson do the part of the work that has nothing to do with DICOM: no elements, no
                  check of lengths and limits, no character set that changes within a value, no VR.
                - A worklist entry has 22 attributes, two sequences in the first level and one in the second.
                """.formatted(
                        options.warmUp().toMillis() / 1e3,
                        options.rounds(),
                        options.interval().toMillis() / 1e3));
        return text.toString();
    }

    private String row(Line line) {
        CodecMeasurement ours = find(line.benchmark(), line.parameters());
        CodecMeasurement theirs = find(line.baseline(), line.baseline().startsWith("Deflate") ? "" : line.parameters());
        return "| %s | %,.0f | %s | %,.0f | %s | %,.0f | %.1f |%n"
                .formatted(
                        line.what(),
                        ours.nanoseconds(),
                        Double.isNaN(ours.error()) ? "" : "%,.0f".formatted(ours.error()),
                        ours.bytes(),
                        line.beside(),
                        theirs.nanoseconds(),
                        ours.nanoseconds() / theirs.nanoseconds());
    }

    private CodecMeasurement find(String benchmark, String parameters) {
        return measurements.stream()
                .filter(one ->
                        one.benchmark().equals(benchmark) && one.parameters().equals(parameters))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The benchmark %s (%s) was not measured.".formatted(benchmark, parameters)));
    }
}
