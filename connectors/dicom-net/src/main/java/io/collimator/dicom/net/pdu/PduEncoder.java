package io.collimator.dicom.net.pdu;

import java.nio.ByteBuffer;

/** Encodes PDUs (PS3.8 §9.3). Pure. */
public final class PduEncoder {

    private static final int TYPICAL_ASSOCIATE_LENGTH = 512;

    private PduEncoder() {}

    /** The PDU with its header. */
    public static byte[] encode(Pdu pdu) {
        if (pdu instanceof PDataTf data) {
            return pDataTf(data);
        } else if (pdu instanceof AssociateRq rq) {
            return associateRq(rq);
        } else if (pdu instanceof AssociateAc ac) {
            return associateAc(ac);
        } else if (pdu instanceof AssociateRj rj) {
            return fixed(ItemType.ASSOCIATE_RJ)
                    .zeros(1)
                    .unsignedByte(rj.result())
                    .unsignedByte(rj.source())
                    .unsignedByte(rj.reason())
                    .toBytes();
        } else if (pdu instanceof Abort abort) {
            return fixed(ItemType.ABORT)
                    .zeros(2)
                    .unsignedByte(abort.source())
                    .unsignedByte(abort.reason())
                    .toBytes();
        }
        return fixed(pdu instanceof ReleaseRq ? ItemType.RELEASE_RQ : ItemType.RELEASE_RP)
                .zeros(4)
                .toBytes();
    }

    private static PduWriter fixed(int type) {
        return header(type, 4, Pdu.HEADER_LENGTH + 4);
    }

    private static PduWriter header(int type, long length, int capacity) {
        return new PduWriter(capacity).unsignedByte(type).zeros(1).unsignedInt(length);
    }

    private static byte[] pDataTf(PDataTf data) {
        int length = data.values().stream()
                .mapToInt(value -> Pdv.OVERHEAD + value.length())
                .sum();
        PduWriter writer = header(ItemType.P_DATA_TF, length, Pdu.HEADER_LENGTH + length);
        for (Pdv value : data.values()) {
            writer.unsignedInt(value.length() + 2L)
                    .unsignedByte(value.contextId())
                    .unsignedByte((value.command() ? 1 : 0) | (value.last() ? 2 : 0))
                    .bytes(value.fragment());
        }
        return writer.toBytes();
    }

    private static byte[] associateRq(AssociateRq rq) {
        PduWriter writer = new PduWriter(TYPICAL_ASSOCIATE_LENGTH);
        writer.unsignedShort(rq.protocolVersion()).zeros(2).aeTitle(rq.called()).aeTitle(rq.calling());
        writer.zeros(32).textItem(ItemType.APPLICATION_CONTEXT, rq.applicationContext());
        rq.contexts().forEach(context -> write(writer, context));
        UserInformationEncoder.write(writer, rq.userInformation());
        return withHeader(ItemType.ASSOCIATE_RQ, writer.toBytes());
    }

    private static byte[] associateAc(AssociateAc ac) {
        PduWriter writer = new PduWriter(TYPICAL_ASSOCIATE_LENGTH);
        writer.unsignedShort(ac.protocolVersion()).zeros(2).aeTitle(ac.called()).aeTitle(ac.calling());
        writer.zeros(32).textItem(ItemType.APPLICATION_CONTEXT, ac.applicationContext());
        ac.contexts().forEach(context -> write(writer, context));
        UserInformationEncoder.write(writer, ac.userInformation());
        return withHeader(ItemType.ASSOCIATE_AC, writer.toBytes());
    }

    private static byte[] withHeader(int type, byte[] content) {
        return header(type, content.length, Pdu.HEADER_LENGTH + content.length)
                .bytes(ByteBuffer.wrap(content))
                .toBytes();
    }

    private static void write(PduWriter writer, ProposedContext context) {
        writer.item(ItemType.PROPOSED_CONTEXT, () -> {
            writer.unsignedByte(context.id()).zeros(3);
            String abstractSyntax = context.abstractSyntax() == null
                    ? ""
                    : context.abstractSyntax().value();
            writer.textItem(ItemType.ABSTRACT_SYNTAX, abstractSyntax);
            context.transferSyntaxes().forEach(syntax -> writer.textItem(ItemType.TRANSFER_SYNTAX, syntax.value()));
        });
    }

    private static void write(PduWriter writer, ContextResult context) {
        writer.item(ItemType.CONTEXT_RESULT, () -> {
            writer.unsignedByte(context.id()).zeros(1).unsignedByte(context.result());
            writer.zeros(1);
            if (context.transferSyntax() != null) {
                writer.textItem(
                        ItemType.TRANSFER_SYNTAX, context.transferSyntax().value());
            }
        });
    }
}
