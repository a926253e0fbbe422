package io.collimator.dicom.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What once hurt, or may: files {@code /fuzz/<name>/*.hex}, hexadecimal digits with comments after {@code #}. Each is read on
 * every run as it stands, and what fuzzers change starts from them too.
 */
public record Corpus(List<Entry> entries) {

    /** One input, with the name of its file. */
    public record Entry(String name, String digits) {

        public byte[] bytes() {
            return HexFormat.of().parseHex(digits);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static Corpus of(String name) {
        URL folder = Objects.requireNonNull(Corpus.class.getResource("/fuzz/" + name), name);
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return new Corpus(files.sorted().map(Corpus::read).toList());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("The corpus %s cannot be listed.".formatted(folder), e);
        }
    }

    /** One of them, as a start for changes. */
    public byte[] any(Random random) {
        return entries.get(random.nextInt(entries.size())).bytes();
    }

    private static Entry read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            String digits = lines.map(line -> line.replaceAll("#.*", "").replaceAll("\\s", ""))
                    .collect(Collectors.joining());
            return new Entry(file.getFileName().toString(), digits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
