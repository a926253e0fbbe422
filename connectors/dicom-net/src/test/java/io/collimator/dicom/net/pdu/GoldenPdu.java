package io.collimator.dicom.net.pdu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** Reads {@code golden/pdu/*.hex}: bytes in hexadecimal, {@code #} begins a comment. */
public final class GoldenPdu {

    private GoldenPdu() {}

    public static byte[] read(String name) {
        try (InputStream file =
                Objects.requireNonNull(GoldenPdu.class.getResourceAsStream("/golden/pdu/" + name + ".hex"), name)) {
            return bytes(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String hexWithComments) {
        return HexFormat.of().parseHex(hexWithComments.replaceAll("#.*", "").replaceAll("\\s+", ""));
    }
}
