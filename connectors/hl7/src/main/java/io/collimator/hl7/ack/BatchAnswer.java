package io.collimator.hl7.ack;

import io.collimator.hl7.message.Envelope;
import io.collimator.hl7.message.Hl7Batch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a batch: the acknowledgements of its messages in order, in the same envelopes, sender and receiver
 * swapped (HL7 v2.5.1 §2.10.3, §2.15.2, §2.15.6).
 */
final class BatchAnswer {

    private final String timestamp;
    private final String controlId;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    BatchAnswer(String timestamp, String controlId) {
        this.timestamp = timestamp;
        this.controlId = controlId;
    }

    /** @param answers for each message of the batch, in order, its acknowledgements */
    byte[] write(Hl7Batch batch, List<List<byte[]>> answers) {
        Iterator<List<byte[]>> next = answers.iterator();
        batch.file().ifPresent(this::header);
        for (Hl7Batch.Part part : batch.parts()) {
            part.header().ifPresent(this::header);
            int count = 0;
            for (int message = 0; message < part.messages().size(); message++) {
                for (byte[] acknowledgement : next.next()) {
                    answer.writeBytes(acknowledgement);
                    count++;
                }
            }
            trailer(part.header(), "BTS", count);
        }
        trailer(batch.file(), "FTS", batch.parts().size());
        return answer.toByteArray();
    }

    /** Field 12 names the batch that is answered. */
    private void header(Envelope request) {
        String reference = request.field(11).isEmpty() ? "" : request.separator() + request.field(11);
        String header = String.join(
                request.separator(),
                request.name(),
                request.field(2),
                request.field(5),
                request.field(6),
                request.field(3),
                request.field(4),
                timestamp,
                "",
                "",
                "",
                controlId);
        line(header + reference);
    }

    private void trailer(Optional<Envelope> header, String name, int count) {
        header.ifPresent(request -> line(name + request.separator() + count));
    }

    private void line(String text) {
        answer.writeBytes((text + "\r").getBytes(StandardCharsets.ISO_8859_1));
    }
}
