package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.CommonExtendedNegotiation;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.UserIdentity;
import java.nio.ByteBuffer;

/** Writes the user information item, its sub-items in ascending order. Pure. */
final class UserInformationEncoder {

    private UserInformationEncoder() {}

    static void write(PduWriter writer, UserInformation information) {
        writer.item(ItemType.USER_INFORMATION, () -> subItems(writer, information));
    }

    private static void subItems(PduWriter writer, UserInformation information) {
        writer.item(ItemType.MAXIMUM_LENGTH, () -> writer.unsignedInt(information.maxPduLength()));
        writer.textItem(ItemType.IMPLEMENTATION_CLASS_UID, information.implementationClassUid());
        OperationsWindow window = information.window();
        if (window != null) {
            writer.item(
                    ItemType.OPERATIONS_WINDOW,
                    () -> writer.unsignedShort(window.maxInvoked()).unsignedShort(window.maxPerformed()));
        }
        information.roles().forEach(role -> write(writer, role));
        String versionName = information.implementationVersionName();
        if (versionName != null) {
            writer.textItem(ItemType.IMPLEMENTATION_VERSION_NAME, versionName);
        }
        information.options().extended().forEach(negotiation -> write(writer, negotiation));
        information.options().common().forEach(negotiation -> write(writer, negotiation));
        UserIdentity identity = information.identity();
        if (identity != null) {
            write(writer, identity);
        }
        ByteBuffer response = information.identityResponse();
        if (response != null) {
            writer.item(ItemType.USER_IDENTITY_RESPONSE, () -> field(writer, response));
        }
    }

    private static void write(PduWriter writer, RoleSelection role) {
        writer.item(
                ItemType.ROLE_SELECTION,
                () -> uid(writer, role.sopClass())
                        .unsignedByte(role.scu() ? 1 : 0)
                        .unsignedByte(role.scp() ? 1 : 0));
    }

    private static void write(PduWriter writer, ExtendedNegotiation negotiation) {
        writer.item(
                ItemType.EXTENDED_NEGOTIATION,
                () -> uid(writer, negotiation.sopClass())
                        .bytes(negotiation.information().bytes()));
    }

    private static void write(PduWriter writer, CommonExtendedNegotiation negotiation) {
        writer.item(ItemType.COMMON_EXTENDED_NEGOTIATION, () -> {
            uid(writer, negotiation.sopClass());
            uid(writer, negotiation.serviceClass());
            writer.unsignedShort(negotiation.relatedGeneral().stream()
                    .mapToInt(uid -> 2 + uid.value().length())
                    .sum());
            negotiation.relatedGeneral().forEach(uid -> uid(writer, uid));
        });
    }

    private static void write(PduWriter writer, UserIdentity identity) {
        writer.item(ItemType.USER_IDENTITY, () -> {
            writer.unsignedByte(identity.type().code()).unsignedByte(identity.positiveResponseRequested() ? 1 : 0);
            field(writer, identity.primary());
            field(writer, identity.secondary());
        });
    }

    private static PduWriter uid(PduWriter writer, Uid uid) {
        return writer.unsignedShort(uid.value().length()).text(uid.value());
    }

    private static void field(PduWriter writer, ByteBuffer content) {
        writer.unsignedShort(content.remaining()).bytes(content);
    }
}
