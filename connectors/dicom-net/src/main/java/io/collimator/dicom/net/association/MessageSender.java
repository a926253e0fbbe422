package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.operation.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Cuts messages into PDUs that the peer takes, one fragment a PDU (PS3.8 §9.3.5, Annex D.1). Messages never mix: what is to
 * be sent while a data set is streamed waits for its end. Thread-safe.
 */
final class MessageSender {

    /** About what is handed over for writing at once. */
    private static final int BATCH = 64 * 1024;

    /** What small messages come to that travel together. */
    private static final int SMALL_BATCH = 16 * 1024;

    private final Link link;
    private final int maxFragmentLength;
    private final Queue<List<PDataTf>> waiting = new ArrayDeque<>();
    private @Nullable EncodedCommand latest;
    private List<PDataTf> kept = new ArrayList<>();
    private int keptBytes;
    private boolean streaming;

    /**
     * @param maxPduLength longest P-DATA-TF content that the peer takes
     */
    MessageSender(Link link, int maxPduLength) {
        this.link = link;
        // fragments of even length: PS3.8 Annex E
        this.maxFragmentLength = (maxPduLength - Pdv.OVERHEAD) & ~1;
    }

    /** The responses to a query differ in nothing but their data sets. */
    private record EncodedCommand(DimseCommand command, byte[] bytes) {}

    /** Hands a message over for writing; {@link Operation#NO_DATA_SET} where the command has none. */
    void send(AcceptedContext context, DimseCommand command, byte[] dataSet) {
        List<PDataTf> pdus = pdusOf(context, command, CommandCodec.encode(command), dataSet);
        synchronized (this) {
            kept.addAll(pdus);
            handOver();
        }
    }

    /** Like {@link #send}, but the message may wait for the next one of the caller, which must follow at once. */
    void sendSoon(AcceptedContext context, DimseCommand command, byte[] dataSet) {
        List<PDataTf> pdus = pdusOf(context, command, encodedOnce(command), dataSet);
        synchronized (this) {
            kept.addAll(pdus);
            keptBytes += dataSet.length;
            if (keptBytes > SMALL_BATCH) {
                handOver();
            }
        }
    }

    private synchronized byte[] encodedOnce(DimseCommand command) {
        if (latest == null || !latest.command().equals(command)) {
            latest = new EncodedCommand(command, CommandCodec.encode(command));
        }
        return latest.bytes();
    }

    private List<PDataTf> pdusOf(AcceptedContext context, DimseCommand command, byte[] encoded, byte[] dataSet) {
        List<PDataTf> pdus = cut(context.id(), true, encoded, true);
        if (command.hasDataSet()) {
            pdus.addAll(cut(context.id(), false, dataSet, true));
        }
        return pdus;
    }

    private synchronized void handOver() {
        List<PDataTf> pdus = kept;
        kept = new ArrayList<>();
        keptBytes = 0;
        if (streaming) {
            waiting.add(pdus);
        } else {
            link.send(pdus);
        }
    }

    /**
     * Sends a message whose data set is read as the peer takes it; for threads that may wait.
     *
     * @return false when the peer took nothing for so long, or is gone; the message then is not complete
     * @throws IOException when the data set cannot be read; the message then is not complete
     */
    boolean stream(AcceptedContext context, DimseCommand command, InputStream dataSet, Duration timeout)
            throws IOException, InterruptedException {
        if (!beginStreaming(timeout)) {
            return false;
        }
        boolean complete = false;
        try {
            link.send(cut(context.id(), true, CommandCodec.encode(command), true));
            complete = stream(context.id(), dataSet, timeout);
            return complete;
        } finally {
            endStreaming(complete);
        }
    }

    private boolean stream(int contextId, InputStream dataSet, Duration timeout)
            throws IOException, InterruptedException {
        int length = Math.max(1, BATCH / maxFragmentLength) * maxFragmentLength;
        byte[] current = dataSet.readNBytes(length);
        boolean last = false;
        while (!last) {
            byte[] next = current.length < length ? Operation.NO_DATA_SET : dataSet.readNBytes(length);
            last = next.length == 0;
            if (!link.awaitWritable(timeout)) {
                return false;
            }
            link.send(cut(contextId, false, last ? even(current) : current, last));
            current = next;
        }
        return true;
    }

    /** A fragment is of even length (PS3.8 Annex E); a deflated stream of odd length is followed by a NUL (PS3.5 §A.5). */
    private static byte[] even(byte[] bytes) {
        return bytes.length % 2 == 0 ? bytes : Arrays.copyOf(bytes, bytes.length + 1);
    }

    private synchronized boolean beginStreaming(Duration timeout) throws InterruptedException {
        if (!awaitTurn(timeout)) {
            return false;
        }
        if (!kept.isEmpty()) {
            handOver();
        }
        streaming = true;
        return true;
    }

    /** After half a message nothing can follow but an abort. */
    private synchronized void endStreaming(boolean complete) {
        streaming = false;
        if (complete) {
            waiting.forEach(link::send);
        }
        waiting.clear();
        notifyAll();
    }

    private synchronized boolean awaitTurn(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (streaming) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /**
     * Waits until what was sent before has left, but for a bounded rest.
     *
     * @return false when time is up or the connection is gone
     */
    boolean awaitWritable(Duration timeout) throws InterruptedException {
        return awaitTurn(timeout) && link.awaitWritable(timeout);
    }

    /**
     * @param end whether these bytes are the last of the command or data set
     */
    private List<PDataTf> cut(int contextId, boolean command, byte[] bytes, boolean end) {
        List<PDataTf> pdus = new ArrayList<>();
        int offset = 0;
        do {
            int length = Math.min(maxFragmentLength, bytes.length - offset);
            boolean last = end && offset + length == bytes.length;
            pdus.add(new PDataTf(List.of(new Pdv(
                    contextId,
                    command,
                    last,
                    ByteBuffer.wrap(bytes, offset, length).slice()))));
            offset += length;
        } while (offset < bytes.length);
        return pdus;
    }
}
