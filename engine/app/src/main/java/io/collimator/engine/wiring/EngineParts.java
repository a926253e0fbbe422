package io.collimator.engine.wiring;

import io.collimator.dicom.service.DicomProvider;
import io.collimator.workflow.port.Transactions;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * What the engine takes from outside, so that a test may stand between it and the world.
 *
 * @param transactions put around the store's transactions
 * @param dicom put around the DICOM provider
 * @param jms put around the broker's connections
 */
public record EngineParts(
        Clock clock,
        UnaryOperator<Transactions> transactions,
        UnaryOperator<DicomProvider> dicom,
        UnaryOperator<ConnectionFactory> jms) {

    /** The system's clock, and nothing in between. */
    public static EngineParts production() {
        return new EngineParts(
                Clock.systemUTC(), UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
    }
}
