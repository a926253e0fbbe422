package io.collimator.camel.receipt;

import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Says that what the peer sent is durable. An intake bean attaches one to its exchange after the commit and never before;
 * the ACK policy and the {@code dicom:} consumers answer success only to an exchange that carries one. A route in YAML
 * has no way to make one: the property counts only when it holds an instance of this class.
 */
public final class AcknowledgementReceipt {

    /** The exchange property that holds the receipt. */
    public static final String EXCHANGE_PROPERTY = "CollimatorAcknowledgementReceipt";

    private final String reference;

    private AcknowledgementReceipt(String reference) {
        this.reference = reference;
    }

    /**
     * A receipt for what has been committed.
     *
     * @param reference what names the commit in logs, for instance the engine's own message number; no patient data
     */
    public static AcknowledgementReceipt committed(String reference) {
        return new AcknowledgementReceipt(reference);
    }

    /** The receipt that the exchange carries. */
    public static Optional<AcknowledgementReceipt> of(Exchange exchange) {
        // No typed getter: Camel's type converters must not be able to make one.
        return exchange.getProperty(EXCHANGE_PROPERTY) instanceof AcknowledgementReceipt receipt
                ? Optional.of(receipt)
                : Optional.empty();
    }

    public void attachTo(Exchange exchange) {
        exchange.setProperty(EXCHANGE_PROPERTY, this);
    }

    public String reference() {
        return reference;
    }

    @Override
    public String toString() {
        return "AcknowledgementReceipt[" + reference + "]";
    }
}
