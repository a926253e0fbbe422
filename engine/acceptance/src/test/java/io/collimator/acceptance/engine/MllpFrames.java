package io.collimator.acceptance.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;

/** MLLP as a peer of the engine reads it. */
final class MllpFrames {

    private MllpFrames() {}

    /** The next frame without its framing; empty when the connection ended before its end block. */
    static Optional<String> next(InputStream in, Charset characterSet) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (read == 0x1c) {
                in.read();
                return Optional.of(content.toString(characterSet));
            }
            if (read != 0x0b) {
                content.write(read);
            }
        }
        return Optional.empty();
    }
}
