package io.collimator.dicom.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;

/** Bytes written as hexadecimal digits; a {@code #} starts a comment. */
final class GoldenBytes {

    private GoldenBytes() {}

    static byte[] ofFile(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(GoldenBytes.class.getResourceAsStream("/golden/codec/" + name), name)) {
            return of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static byte[] of(String text) {
        String digits = text.lines()
                .map(line -> line.replaceAll("#.*", "").replaceAll("\\s", ""))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(digits);
    }
}
