package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes one complete PDU; every length is checked against the bytes that are there. Pure. */
public final class PduDecoder {

    private static final int MIN_PDV_LENGTH = 2;

    private PduDecoder() {}

    /**
     * Decodes a PDU with its header. PDV fragments are views of the array, which must not change any more.
     *
     * @throws PduException when it is none
     */
    public static Pdu decode(byte[] frame) {
        PduReader reader = new PduReader(ByteBuffer.wrap(frame));
        int type = reader.unsignedByte("PDU type");
        PduHeader.checkType(type);
        reader.skip(1, "reserved byte of the PDU");
        long length = reader.unsignedInt("PDU length");
        PduHeader.checkLength(type, length, Integer.MAX_VALUE);
        PduReader content = new PduReader(reader.slice(length, "PDU"));
        return switch (type) {
            case ItemType.ASSOCIATE_RQ -> associateRq(content);
            case ItemType.ASSOCIATE_AC -> associateAc(content);
            case ItemType.ASSOCIATE_RJ -> associateRj(content);
            case ItemType.P_DATA_TF -> pDataTf(content);
            case ItemType.RELEASE_RQ -> new ReleaseRq();
            case ItemType.RELEASE_RP -> new ReleaseRp();
            default -> abort(content);
        };
    }

    private static AssociateRq associateRq(PduReader reader) {
        AssociateHead head = AssociateHead.read(reader);
        Items items = new Items();
        items.read(reader);
        return new AssociateRq(
                head.protocolVersion(),
                head.called(),
                head.calling(),
                items.applicationContext,
                items.proposed,
                items.userInformation());
    }

    private static AssociateAc associateAc(PduReader reader) {
        AssociateHead head = AssociateHead.read(reader);
        Items items = new Items();
        items.read(reader);
        return new AssociateAc(
                head.protocolVersion(),
                head.called(),
                head.calling(),
                items.applicationContext,
                items.results,
                items.userInformation());
    }

    private static AssociateRj associateRj(PduReader reader) {
        reader.skip(1, "reserved byte of A-ASSOCIATE-RJ");
        return new AssociateRj(
                reader.unsignedByte("result"), reader.unsignedByte("source"), reader.unsignedByte("reason"));
    }

    private static Abort abort(PduReader reader) {
        reader.skip(2, "reserved bytes of A-ABORT");
        return new Abort(reader.unsignedByte("source"), reader.unsignedByte("reason"));
    }

    private static PDataTf pDataTf(PduReader reader) {
        List<Pdv> values = new ArrayList<>(2);
        while (reader.hasRemaining()) {
            long length = reader.unsignedInt("PDV length");
            if (length < MIN_PDV_LENGTH) {
                throw new PduException(
                        Abort.INVALID_PDU_PARAMETER_VALUE, "PDV length is %d; it is at least 2.".formatted(length));
            }
            ByteBuffer content = reader.slice(length, "PDV");
            int contextId = content.get() & 0xFF;
            int control = content.get();
            values.add(new Pdv(contextId, (control & 1) != 0, (control & 2) != 0, content.slice()));
        }
        return new PDataTf(values);
    }

    /** What A-ASSOCIATE-RQ and -AC begin with. */
    private record AssociateHead(
            int protocolVersion,
            @Nullable AeTitle called,
            @Nullable AeTitle calling) {

        static AssociateHead read(PduReader reader) {
            int version = reader.unsignedShort("protocol version");
            reader.skip(2, "reserved bytes");
            AeTitle called = reader.aeTitle("called AE title");
            AeTitle calling = reader.aeTitle("calling AE title");
            reader.skip(32, "reserved bytes");
            return new AssociateHead(version, called, calling);
        }
    }

    /** The variable items of A-ASSOCIATE-RQ and -AC; unknown ones are skipped. */
    private static final class Items {

        private String applicationContext = "";
        private final List<ProposedContext> proposed = new ArrayList<>();
        private final List<ContextResult> results = new ArrayList<>();
        private @Nullable UserInformation userInformation;
        private final boolean[] seen = new boolean[256];

        UserInformation userInformation() {
            return userInformation == null ? UserInformation.absent() : userInformation;
        }

        void read(PduReader reader) {
            while (reader.hasRemaining()) {
                int type = reader.unsignedByte("item type");
                PduReader item = reader.item();
                switch (type) {
                    case ItemType.APPLICATION_CONTEXT -> applicationContext = item.text();
                    case ItemType.PROPOSED_CONTEXT -> proposed.add(proposedContext(item));
                    case ItemType.CONTEXT_RESULT -> results.add(contextResult(item));
                    case ItemType.USER_INFORMATION -> userInformation = UserInformationDecoder.decode(item);
                    default -> {}
                }
            }
        }

        private int contextId(PduReader item) {
            int id = item.unsignedByte("presentation context ID");
            if (id % 2 == 0 || seen[id]) {
                throw new PduException(
                        Abort.INVALID_PDU_PARAMETER_VALUE,
                        "Presentation context ID %d is even or used twice; IDs are odd and unique.".formatted(id));
            }
            seen[id] = true;
            return id;
        }

        private ProposedContext proposedContext(PduReader item) {
            int id = contextId(item);
            item.skip(3, "reserved bytes of a presentation context");
            Uid abstractSyntax = null;
            List<Uid> transferSyntaxes = new ArrayList<>();
            while (item.hasRemaining()) {
                int type = item.unsignedByte("sub-item type");
                PduReader subItem = item.item();
                if (type == ItemType.ABSTRACT_SYNTAX) {
                    abstractSyntax = subItem.uid().orElse(null);
                } else if (type == ItemType.TRANSFER_SYNTAX) {
                    subItem.uid().ifPresent(transferSyntaxes::add);
                }
            }
            return new ProposedContext(id, abstractSyntax, transferSyntaxes);
        }

        private ContextResult contextResult(PduReader item) {
            int id = contextId(item);
            item.skip(1, "reserved byte of a presentation context");
            int result = item.unsignedByte("presentation context result");
            item.skip(1, "reserved byte of a presentation context");
            Uid transferSyntax = null;
            while (item.hasRemaining()) {
                int type = item.unsignedByte("sub-item type");
                PduReader subItem = item.item();
                if (type == ItemType.TRANSFER_SYNTAX) {
                    transferSyntax = subItem.uid().orElse(null);
                }
            }
            return new ContextResult(id, result, transferSyntax);
        }
    }
}
