package io.collimator.engine.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * An HL7 message in a file, as it goes on the wire: segments end with CR (HL7 v2.5.1 §2.5.2), whatever they ended with.
 *
 * @param content without framing
 */
record MessageFile(byte[] content) {

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    static MessageFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailedException(file + " is no file; name one HL7 message a file.");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new CommandFailedException(
                    "%s has %d bytes; a message has at most %d.".formatted(file, Files.size(file), MAX_BYTES));
        }
        return new MessageFile(withCarriageReturns(Files.readAllBytes(file)));
    }

    /** The same message under another MSH-10, so that it is no repetition. */
    byte[] withControlIdSuffix(int number) {
        if (number == 0) {
            return content.clone();
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\r');
        String header = end < 0 ? text : text.substring(0, end);
        if (!header.startsWith("MSH") || header.length() < 4) {
            throw new CommandFailedException("The message does not begin with MSH; --repeat needs its MSH-10.");
        }
        String separator = header.substring(3, 4);
        String[] fields = header.split(Pattern.quote(separator), -1);
        // MSH-1 is the separator itself, so MSH-10 is the tenth piece
        if (fields.length > 9) {
            String suffix = "-" + number;
            String base = fields[9];
            fields[9] = base.substring(0, Math.min(base.length(), 20 - suffix.length())) + suffix;
        }
        return (String.join(separator, fields) + (end < 0 ? "" : text.substring(end)))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] withCarriageReturns(byte[] raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\n') {
                if (i == 0 || raw[i - 1] != '\r') {
                    out.write('\r');
                }
            } else {
                out.write(raw[i]);
            }
        }
        return out.toByteArray();
    }

    /** Without the content, which is patient data. */
    @Override
    public String toString() {
        return "MessageFile[" + content.length + " bytes]";
    }
}
