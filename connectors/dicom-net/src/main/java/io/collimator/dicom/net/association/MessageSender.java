package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdv;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts messages into PDUs that the peer takes, one fragment a PDU (PS3.8 §9.3.5, Annex D.1). Thread-safe. */
final class MessageSender {

    private final Link link;
    private final int maxFragmentLength;

    /**
     * @param maxPduLength longest P-DATA-TF content that the peer takes
     */
    MessageSender(Link link, int maxPduLength) {
        this.link = link;
        // fragments of even length: PS3.8 Annex E
        this.maxFragmentLength = (maxPduLength - Pdv.OVERHEAD) & ~1;
    }

    /** Hands a message over for writing; {@link Message#NO_DATA_SET} where the command has none. */
    void send(AcceptedContext context, DimseCommand command, byte[] dataSet) {
        List<PDataTf> pdus = new ArrayList<>();
        cut(context.id(), true, CommandCodec.encode(command), pdus);
        if (command.hasDataSet()) {
            cut(context.id(), false, dataSet, pdus);
        }
        link.send(pdus);
    }

    private void cut(int contextId, boolean command, byte[] bytes, List<PDataTf> pdus) {
        int offset = 0;
        do {
            int length = Math.min(maxFragmentLength, bytes.length - offset);
            boolean last = offset + length == bytes.length;
            pdus.add(new PDataTf(List.of(new Pdv(
                    contextId,
                    command,
                    last,
                    ByteBuffer.wrap(bytes, offset, length).slice()))));
            offset += length;
        } while (offset < bytes.length);
    }
}
