package io.collimator.camel.hl7;

import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/** The intake step of the tests: does what MSH-10 begins with. */
public final class Intake {

    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);

    /** Called by routes. */
    public void accept(Exchange exchange) throws InterruptedException {
        String controlId = exchange.getMessage().getHeader(Hl7Constants.MESSAGE_CONTROL_ID, "", String.class);
        switch (controlId.replaceAll("[^A-Z].*", "")) {
            case "OK" -> AcknowledgementReceipt.committed(controlId).attachTo(exchange);
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
                AcknowledgementReceipt.committed(controlId).attachTo(exchange);
                throw new IllegalStateException("after the commit");
            }
            case "SLOW" -> {
                entered.countDown();
                if (release.await(10, TimeUnit.SECONDS)) {
                    AcknowledgementReceipt.committed(controlId).attachTo(exchange);
                }
            }
            default -> {
                // no receipt: nothing is stored
            }
        }
    }
}
