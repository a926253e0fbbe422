package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/**
 * A presentation context of an A-ASSOCIATE-AC (PS3.8 §9.3.3.2).
 *
 * @param id that of the proposed context
 * @param result one of the constants
 * @param transferSyntax significant with {@link #ACCEPTANCE} only; null when the item is absent or holds no UID
 */
public record ContextResult(int id, int result, @Nullable Uid transferSyntax) {

    public static final int ACCEPTANCE = 0;
    public static final int USER_REJECTION = 1;
    public static final int PROVIDER_REJECTION = 2;
    public static final int ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;
    public static final int TRANSFER_SYNTAXES_NOT_SUPPORTED = 4;

    public boolean isAccepted() {
        return result == ACCEPTANCE;
    }
}
