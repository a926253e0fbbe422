package io.collimator.engine.config;

import io.collimator.dicom.service.UserIdentity;
import io.collimator.dicom.service.UserIdentityVerdict;
import io.collimator.dicom.service.UserIdentityVerdict.NotJudged;
import io.collimator.dicom.service.UserIdentityVerdict.Refused;
import io.collimator.dicom.service.UserIdentityVerdict.Verified;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which user a peer has to name when it asks for an association (PS3.7 §D.3.3.7). Keeps no passcode, only its digest; neither
 * that nor a user name is in any text of it.
 */
final class PeerUser {

    /** Nobody is asked for. */
    static final PeerUser ANY = new PeerUser(true, EnumSet.allOf(UserIdentity.Type.class), "", null);

    private final boolean optional;
    private final Set<UserIdentity.Type> types;
    private final String username;
    private final byte @Nullable [] passcodeDigest;

    /**
     * @param optional it may also name none
     * @param types those that are taken
     * @param username the one that is taken with the types that have one; empty: any
     * @param passcode what the passcode must be; null: whatever is sent is taken
     */
    PeerUser(boolean optional, Set<UserIdentity.Type> types, String username, @Nullable String passcode) {
        this.optional = optional;
        this.types = EnumSet.copyOf(types);
        this.username = username;
        this.passcodeDigest = passcode == null ? null : digest(StandardCharsets.UTF_8.encode(passcode));
    }

    UserIdentityVerdict judge(@Nullable UserIdentity identity) {
        if (identity == null) {
            return optional
                    ? new NotJudged()
                    : new Refused(
                            "it sent none; expected is %s, as userIdentity of config/application-entities.yaml says"
                                    .formatted(names()));
        } else if (!types.contains(identity.type())) {
            return new Refused(
                    "it is of type %s; expected is %s, as userIdentity of config/application-entities.yaml says"
                            .formatted(nameOf(identity.type()), names()));
        } else if (hasUsername(identity) && !username.isEmpty() && !username.equals(identity.primaryText())) {
            return new Refused(
                    "the user name is another one than userIdentity of config/application-entities.yaml has");
        } else if (passcodeDigest == null) {
            return new NotJudged();
        }
        return MessageDigest.isEqual(passcodeDigest, digest(identity.secondary()))
                ? new Verified()
                : new Refused("the passcode is wrong");
    }

    private static boolean hasUsername(UserIdentity identity) {
        return identity.type() == UserIdentity.Type.USERNAME
                || identity.type() == UserIdentity.Type.USERNAME_AND_PASSCODE;
    }

    private String names() {
        return types.stream().map(PeerUser::nameOf).collect(Collectors.joining(" or "));
    }

    /** As in the registry: {@code username-and-passcode}. */
    static String nameOf(UserIdentity.Type type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static byte[] digest(ByteBuffer secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(secret);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** The types only. */
    @Override
    public String toString() {
        return "PeerUser" + types;
    }
}
