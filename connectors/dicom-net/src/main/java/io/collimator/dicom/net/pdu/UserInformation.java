package io.collimator.dicom.net.pdu;

import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.UserIdentity;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user information item (50H, PS3.7 §D.3.3). Sub-items that are not named here are skipped by their length.
 *
 * @param maxPduLength longest P-DATA-TF content that the sender of this item takes, in bytes; 0 is no limit
 * @param implementationClassUid as it came, for people; "" when absent
 * @param implementationVersionName as it came, for people
 * @param window null when absent
 * @param options items 56H and 57H
 * @param identity of an A-ASSOCIATE-RQ; null when absent or of a type that PS3.7 does not have
 * @param identityResponse of an A-ASSOCIATE-AC; null when absent
 */
public record UserInformation(
        long maxPduLength,
        String implementationClassUid,
        @Nullable String implementationVersionName,
        List<RoleSelection> roles,
        @Nullable OperationsWindow window,
        AssociationOptions options,
        @Nullable UserIdentity identity,
        @Nullable ByteBuffer identityResponse) {

    /** What a peer takes that declares nothing: DCMTK's and most others' default. */
    public static final int UNDECLARED_MAX_PDU_LENGTH = 16_384;

    public UserInformation {
        roles = List.copyOf(roles);
        identityResponse = identityResponse == null ? null : identityResponse.asReadOnlyBuffer();
    }

    /** With neither window, nor extended negotiation, nor user identity. */
    public UserInformation(
            long maxPduLength,
            String implementationClassUid,
            @Nullable String implementationVersionName,
            List<RoleSelection> roles) {
        this(
                maxPduLength,
                implementationClassUid,
                implementationVersionName,
                roles,
                null,
                AssociationOptions.none(),
                null,
                null);
    }

    /** What stands for an absent item. */
    public static UserInformation absent() {
        return new UserInformation(UNDECLARED_MAX_PDU_LENGTH, "", null, List.of());
    }

    /** Each caller gets a buffer of its own. */
    @Override
    public @Nullable ByteBuffer identityResponse() {
        return identityResponse == null ? null : identityResponse.duplicate();
    }

    public UserInformation with(OperationsWindow other) {
        return new UserInformation(
                maxPduLength,
                implementationClassUid,
                implementationVersionName,
                roles,
                other,
                options,
                identity,
                identityResponse);
    }

    public UserInformation with(AssociationOptions other) {
        return new UserInformation(
                maxPduLength,
                implementationClassUid,
                implementationVersionName,
                roles,
                window,
                other,
                identity,
                identityResponse);
    }

    public UserInformation with(UserIdentity other) {
        return new UserInformation(
                maxPduLength,
                implementationClassUid,
                implementationVersionName,
                roles,
                window,
                options,
                other,
                identityResponse);
    }

    public UserInformation withIdentityResponse(ByteBuffer other) {
        return new UserInformation(
                maxPduLength,
                implementationClassUid,
                implementationVersionName,
                roles,
                window,
                options,
                identity,
                other);
    }
}
