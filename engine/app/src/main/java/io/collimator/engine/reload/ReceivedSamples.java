package io.collimator.engine.reload;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The messages received last, those that were refused too: a mended mapping may take them. */
final class ReceivedSamples {

    /** Refused ones are looked for among so many exceptions. */
    private static final int MAX_EXCEPTIONS = 500;

    /** What is tried on must fit into memory, whatever was sent. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final Transactions transactions;

    ReceivedSamples(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Dated(Instant at, byte[] content, String outcome) {

        Sample sample() {
            String controlId = Hl7Headers.read(content, StandardCharsets.ISO_8859_1)
                    .map(Hl7Headers::controlId)
                    .orElse("without MSH");
            return new Sample("%s (%s %s)".formatted(controlId, outcome, at), content, "");
        }
    }

    /** Newest first. */
    List<Sample> newest(int max) {
        if (max == 0) {
            return List.of();
        }
        List<Dated> found = new ArrayList<>();
        transactions.read(session -> {
            found.addAll(accepted(session, max));
            found.addAll(refused(session, max));
            return Boolean.TRUE;
        });
        List<Sample> samples = new ArrayList<>();
        long bytes = 0;
        found.sort(Comparator.comparing(Dated::at).reversed());
        for (Dated dated : found) {
            bytes += dated.content().length;
            if (samples.size() == max || bytes > MAX_BYTES) {
                break;
            }
            samples.add(dated.sample());
        }
        return samples;
    }

    private static List<Dated> accepted(Session session, int max) {
        List<Dated> found = new ArrayList<>();
        for (ReceivedMessage message : session.receivedMessages().latest(max)) {
            found.add(new Dated(message.receivedAt(), message.content(), message.acknowledgement()));
        }
        return found;
    }

    private static List<Dated> refused(Session session, int max) {
        List<Dated> found = new ArrayList<>();
        for (ExceptionRecord listed : session.exceptions().list(null, Math.min(max, MAX_EXCEPTIONS))) {
            if (listed.type() == ExceptionType.MESSAGE_REFUSED) {
                session.exceptions()
                        .find(listed.id())
                        .filter(whole -> whole.evidence().mediaType().equals(Evidence.HL7))
                        .ifPresent(whole ->
                                found.add(new Dated(whole.at(), whole.evidence().content(), "refused")));
            }
        }
        return found;
    }
}
