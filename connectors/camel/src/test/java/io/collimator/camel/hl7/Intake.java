package io.collimator.camel.hl7;

import io.collimator.camel.hl7.Hl7Outcomes.Committed;
import io.collimator.camel.hl7.Hl7Outcomes.Refused;
import io.collimator.camel.receipt.Receipts;
import io.collimator.hl7.message.Hl7Batch;
import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.outcome.AckOutcome.ContentError;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.hl7.outcome.OrderResponse;
import io.collimator.hl7.outcome.OrderResponse.EntityIdentifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/** The intake step of the tests: does what MSH-10 begins with. */
public final class Intake {

    private static final OrderResponse RESPONSE = new OrderResponse(List.of(
            new OrderResponse.Order("OK", EntityIdentifier.of("1", "RIS"), EntityIdentifier.of("2", ""), List.of())));

    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final List<String> seen = new CopyOnWriteArrayList<>();

    /** Called by routes. */
    public void accept(Exchange exchange) throws InterruptedException {
        byte[] content = exchange.getMessage().getBody(byte[].class);
        if (Hl7Batch.isBatch(content)) {
            acceptBatch(exchange, content);
            return;
        }
        String controlId = exchange.getMessage().getHeader(Hl7Constants.MESSAGE_CONTROL_ID, "", String.class);
        seen.add(controlId);
        switch (controlId.replaceAll("[^A-Z].*", "")) {
            case "OK" -> Receipts.committed().attachTo(exchange);
            case "CONTENT" ->
                throw Hl7RejectedException.contentError(
                        ErrorCode.REQUIRED_FIELD_MISSING,
                        ErrorLocation.ofField("OBR", 18),
                        "OBR-18 is empty; send it.");
            case "REJECT" ->
                throw Hl7RejectedException.rejected(
                        ErrorCode.UNSUPPORTED_VERSION_ID, ErrorLocation.ofField("MSH", 12), "MSH-12 is not served.");
            case "BOOM" -> throw new IllegalStateException("the database is away");
            case "ERROR" -> throw new AssertionError("broken");
            case "LATE" -> {
                Receipts.committed().attachTo(exchange);
                throw new IllegalStateException("after the commit");
            }
            case "RESP" ->
                Hl7Outcomes.of(List.of(new Committed(Receipts.committed(), RESPONSE)))
                        .attachTo(exchange);
            case "SLOW" -> {
                entered.countDown();
                if (release.await(60, TimeUnit.SECONDS)) {
                    Receipts.committed().attachTo(exchange);
                }
            }
            default -> {
                // no receipt: nothing is stored
            }
        }
    }

    /** What MSH-10 of each message begins with; says nothing of those behind one that begins with MISSING. */
    private static void acceptBatch(Exchange exchange, byte[] content) {
        List<Hl7Outcomes.Outcome> outcomes = new ArrayList<>();
        for (byte[] message : Hl7Batch.read(content, 100).orElseThrow().messages()) {
            String controlId = Hl7Headers.read(message, StandardCharsets.US_ASCII)
                    .map(Hl7Headers::controlId)
                    .orElse("");
            if (controlId.startsWith("MISSING")) {
                break;
            }
            outcomes.add(
                    controlId.startsWith("OK")
                            ? new Committed(Receipts.committed(), null)
                            : new Refused(new ContentError(
                                    ErrorCode.REQUIRED_FIELD_MISSING,
                                    ErrorLocation.ofField("OBR", 18),
                                    "OBR-18 is empty; send it.")));
        }
        if (!outcomes.isEmpty()) {
            Hl7Outcomes.of(outcomes).attachTo(exchange);
        }
        // speaks of one message, and a batch holds several
        Receipts.committed().attachTo(exchange);
    }
}
