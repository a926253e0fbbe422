package io.collimator.dicom.net.pdu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user information item (50H, PS3.7 §D.3.3). Sub-items that are not named here are skipped by their length.
 *
 * @param maxPduLength longest P-DATA-TF content that the sender of this item takes, in bytes; 0 is no limit
 * @param implementationClassUid as it came, for people; "" when absent
 * @param implementationVersionName as it came, for people
 */
public record UserInformation(
        long maxPduLength,
        String implementationClassUid,
        @Nullable String implementationVersionName,
        List<RoleSelection> roles) {

    /** What a peer takes that declares nothing: DCMTK's and most others' default. */
    public static final int UNDECLARED_MAX_PDU_LENGTH = 16_384;

    public UserInformation {
        roles = List.copyOf(roles);
    }

    /** What stands for an absent item. */
    public static UserInformation absent() {
        return new UserInformation(UNDECLARED_MAX_PDU_LENGTH, "", null, List.of());
    }
}
