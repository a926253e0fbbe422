package io.collimator.engine.messaging;

import io.collimator.camel.hl7.DeliveryRecord;
import io.collimator.engine.metrics.DeliveryMeter;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.usecase.RecordDelivery;
import io.collimator.workflow.usecase.RecordDelivery.Verdict;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deliveries as the database has them; what is not sent is counted and logged. */
public final class RecordedDeliveries implements DeliveryRecord {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedDeliveries.class);

    private final RecordDelivery useCase;
    private final DeliveryMeter meter;

    public RecordedDeliveries(RecordDelivery useCase, DeliveryMeter meter) {
        this.useCase = useCase;
        this.meter = meter;
    }

    @Override
    public boolean mayBeSent(UUID outboxId, String queue) {
        Verdict verdict = useCase.judge(outboxId, queue);
        switch (verdict) {
            case ACCEPTED_BEFORE ->
                LOG.info("Notice {} of {} is not sent: its receiver has accepted it before.", outboxId, queue);
            case OUTDATED ->
                LOG.warn(
                        "Notice {} of {} is not sent: its receiver has accepted a newer one of the accession.",
                        outboxId,
                        queue);
            case SEND -> {
                return true;
            }
        }
        meter.skipped(queue, verdict);
        return false;
    }

    @Override
    public void accepted(UUID outboxId, String queue) {
        useCase.accepted(outboxId, queue);
    }

    @Override
    public void givenUp(UUID outboxId, String queue) {
        try {
            useCase.givenUp(outboxId, queue);
        } catch (StorageException e) {
            LOG.info("Notice {} of {} is noted as given up when its dead letter is found.", outboxId, queue, e);
        }
    }
}
