package io.collimator.engine.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTTP Basic (RFC 7617) for the one user {@code admin}. */
final class BasicLogin {

    static final String CHALLENGE = "Basic realm=\"Collimator\", charset=\"UTF-8\"";

    private static final String SCHEME = "basic ";

    /** The one that there is. */
    static final String USER = "admin";

    private final byte[] expected;

    BasicLogin(String password) {
        this.expected = digest((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes as long for a wrong password as for the right one: digests are compared, and to their end. */
    boolean accepts(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        try {
            byte[] given = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(expected, digest(given));
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "This Java has no SHA-256, which every Java must have; use another one.", e);
        }
    }
}
