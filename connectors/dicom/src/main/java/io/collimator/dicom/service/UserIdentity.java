package io.collimator.dicom.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who the requestor says that its user is (item 58H, PS3.7 §D.3.3.7). Holds secrets: it has no text form and must not be
 * logged.
 *
 * @param positiveResponseRequested the requestor wants to hear that the identity was verified
 * @param primary user name in UTF-8, ticket, assertion or token, by type
 * @param secondary the passcode in UTF-8 with {@link Type#USERNAME_AND_PASSCODE}, else empty
 */
public record UserIdentity(Type type, boolean positiveResponseRequested, ByteBuffer primary, ByteBuffer secondary) {

    /** Kinds of identity (PS3.7 Table D.3-14). */
    public enum Type {
        USERNAME(1),
        USERNAME_AND_PASSCODE(2),
        KERBEROS(3),
        SAML(4),
        JSON_WEB_TOKEN(5);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static Optional<Type> of(int code) {
            return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
        }
    }

    public UserIdentity {
        primary = primary.asReadOnlyBuffer();
        secondary = secondary.asReadOnlyBuffer();
    }

    public static UserIdentity username(String name) {
        return new UserIdentity(Type.USERNAME, false, utf8(name), ByteBuffer.allocate(0));
    }

    public static UserIdentity usernameAndPasscode(String name, String passcode) {
        return new UserIdentity(Type.USERNAME_AND_PASSCODE, false, utf8(name), utf8(passcode));
    }

    /** A ticket, an assertion or a token. */
    public static UserIdentity of(Type type, byte[] primary) {
        return new UserIdentity(type, false, ByteBuffer.wrap(primary.clone()), ByteBuffer.allocate(0));
    }

    /** The same with the wish for a positive response; an acceptor that does not give it is not talked to. */
    public UserIdentity withPositiveResponseRequested() {
        return new UserIdentity(type, true, primary, secondary);
    }

    /** Each caller gets a buffer of its own. */
    @Override
    public ByteBuffer primary() {
        return primary.duplicate();
    }

    /** Each caller gets a buffer of its own. */
    @Override
    public ByteBuffer secondary() {
        return secondary.duplicate();
    }

    /** The primary field as text: user name, assertion or token. */
    public String primaryText() {
        return StandardCharsets.UTF_8.decode(primary()).toString();
    }

    /** The secondary field as text: the passcode. */
    public String secondaryText() {
        return StandardCharsets.UTF_8.decode(secondary()).toString();
    }

    /** The type only. */
    @Override
    public String toString() {
        return "UserIdentity[" + type + "]";
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
