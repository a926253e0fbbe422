package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.Uid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A presentation context of an A-ASSOCIATE-RQ (PS3.8 §9.3.2.2).
 *
 * @param id odd, 1 to 255
 * @param abstractSyntax null when the item is absent or holds no UID
 * @param transferSyntaxes those that are UIDs, in the order of the peer
 */
public record ProposedContext(int id, @Nullable Uid abstractSyntax, List<Uid> transferSyntaxes) {

    public ProposedContext {
        transferSyntaxes = List.copyOf(transferSyntaxes);
    }
}
