package io.collimator.camel.receipt;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Says that what the peer sent is durable. An intake bean attaches the receipt of its commit to its exchange; the ACK
 * policy and the {@code dicom:} consumers answer success only to an exchange that carries one. A route in YAML has no way
 * to make one: the property counts only when it holds a value of this type. The engine has one implementation, around the
 * receipt of a committed transaction.
 */
public interface AcknowledgementReceipt {

    /** The exchange property that holds the receipt. */
    String EXCHANGE_PROPERTY = "CollimatorAcknowledgementReceipt";

    /** When the commit was known to be done. */
    Instant committedAt();

    /** The receipt that the exchange carries. */
    static Optional<AcknowledgementReceipt> of(Exchange exchange) {
        // No typed getter: Camel's type converters must not be able to make one.
        return exchange.getProperty(EXCHANGE_PROPERTY) instanceof AcknowledgementReceipt receipt
                ? Optional.of(receipt)
                : Optional.empty();
    }

    /** Lets the exchange be answered as durable. */
    default void attachTo(Exchange exchange) {
        exchange.setProperty(EXCHANGE_PROPERTY, this);
    }
}
