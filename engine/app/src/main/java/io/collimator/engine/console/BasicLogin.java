package io.collimator.engine.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

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

    /** A word of ours for the account that is asked for: what was sent in its place may be the password. */
    static String accountOf(String authorization) {
        return decoded(authorization)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(text -> text.startsWith(USER + ":"))
                .map(text -> USER)
                .orElse("other");
    }

    /** Takes as long for a wrong password as for the right one: digests are compared, and to their end. */
    boolean accepts(String authorization) {
        return decoded(authorization)
                .filter(given -> MessageDigest.isEqual(expected, digest(given)))
                .isPresent();
    }

    private static Optional<byte[]> decoded(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip()));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
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
