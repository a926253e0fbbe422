package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.ApplicationInformation;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.CommonExtendedNegotiation;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.UserIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sub-items of one user information item; unknown ones are skipped. Of a sub-item that is there once for a SOP
 * class, or once at all, the first counts. Not thread-safe.
 */
final class UserInformationDecoder {

    private static final int MIN_MAX_PDU_LENGTH = Pdv.OVERHEAD + 2;

    private long maxPduLength = UserInformation.UNDECLARED_MAX_PDU_LENGTH;
    private String classUid = "";
    private @Nullable String versionName;
    private final Map<Uid, RoleSelection> roles = new LinkedHashMap<>();
    private @Nullable OperationsWindow window;
    private final Map<Uid, ExtendedNegotiation> extended = new LinkedHashMap<>();
    private final Map<Uid, CommonExtendedNegotiation> common = new LinkedHashMap<>();
    private @Nullable UserIdentity identity;
    private @Nullable ByteBuffer identityResponse;

    private UserInformationDecoder() {}

    static UserInformation decode(PduReader reader) {
        UserInformationDecoder decoder = new UserInformationDecoder();
        while (reader.hasRemaining()) {
            int type = reader.unsignedByte("sub-item type");
            decoder.read(type, reader.item());
        }
        return decoder.toUserInformation();
    }

    private UserInformation toUserInformation() {
        return new UserInformation(
                maxPduLength,
                classUid,
                versionName,
                List.copyOf(roles.values()),
                window,
                new AssociationOptions(List.copyOf(extended.values()), List.copyOf(common.values())),
                identity,
                identityResponse);
    }

    private void read(int type, PduReader item) {
        switch (type) {
            case ItemType.MAXIMUM_LENGTH -> maxPduLength = maxPduLength(item);
            case ItemType.IMPLEMENTATION_CLASS_UID -> classUid = item.text();
            case ItemType.OPERATIONS_WINDOW ->
                window = new OperationsWindow(
                        item.unsignedShort("maximum number of operations invoked"),
                        item.unsignedShort("maximum number of operations performed"));
            case ItemType.ROLE_SELECTION -> readRole(item);
            case ItemType.IMPLEMENTATION_VERSION_NAME -> versionName = item.text();
            case ItemType.EXTENDED_NEGOTIATION -> readExtended(item);
            case ItemType.COMMON_EXTENDED_NEGOTIATION -> readCommon(item);
            case ItemType.USER_IDENTITY -> readIdentity(item);
            case ItemType.USER_IDENTITY_RESPONSE -> identityResponse = field(item, "server response");
            default -> {}
        }
    }

    private static long maxPduLength(PduReader item) {
        long length = item.unsignedInt("maximum length");
        if (length != 0 && length < MIN_MAX_PDU_LENGTH) {
            throw new PduException(
                    Abort.INVALID_PDU_PARAMETER_VALUE,
                    "Maximum length is %d; no message fits into less than %d bytes."
                            .formatted(length, MIN_MAX_PDU_LENGTH));
        }
        return length;
    }

    private void readRole(PduReader item) {
        Optional<Uid> uid = uid(item, "SOP class UID of a role selection");
        boolean scu = item.unsignedByte("SCU role") == 1;
        boolean scp = item.unsignedByte("SCP role") == 1;
        uid.ifPresent(sopClass -> roles.putIfAbsent(sopClass, new RoleSelection(sopClass, scu, scp)));
    }

    private void readExtended(PduReader item) {
        Optional<Uid> uid = uid(item, "SOP class UID of an extended negotiation");
        ApplicationInformation information = new ApplicationInformation(item.rest());
        uid.ifPresent(sopClass -> extended.putIfAbsent(sopClass, new ExtendedNegotiation(sopClass, information)));
    }

    private void readCommon(PduReader item) {
        Optional<Uid> sopClass = uid(item, "SOP class UID of a common extended negotiation");
        Optional<Uid> serviceClass = uid(item, "service class UID of a common extended negotiation");
        int length = item.unsignedShort("length of the related general SOP classes");
        PduReader list = new PduReader(item.slice(length, "related general SOP classes"));
        List<Uid> related = new ArrayList<>();
        while (list.hasRemaining()) {
            uid(list, "related general SOP class UID").ifPresent(related::add);
        }
        sopClass.ifPresent(uid -> serviceClass.ifPresent(
                service -> common.putIfAbsent(uid, new CommonExtendedNegotiation(uid, service, related))));
    }

    private void readIdentity(PduReader item) {
        Optional<UserIdentity.Type> type = UserIdentity.Type.of(item.unsignedByte("user identity type"));
        boolean responseRequested = item.unsignedByte("positive response requested") == 1;
        ByteBuffer primary = field(item, "primary field of the user identity");
        ByteBuffer secondary = field(item, "secondary field of the user identity");
        if (type.isPresent() && identity == null) {
            identity = new UserIdentity(type.get(), responseRequested, primary, secondary);
        }
    }

    private static Optional<Uid> uid(PduReader item, String what) {
        return new PduReader(field(item, what)).uid();
    }

    /** Two bytes of length, then so many bytes. */
    private static ByteBuffer field(PduReader item, String what) {
        int length = item.unsignedShort("length of the " + what);
        return item.slice(length, what);
    }
}
