package io.collimator.camel.dicom;

import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * {@code to: dicom:store}: the body is one instance or a list of them, see {@link InstanceBody}, then what became of each.
 * They go over one association, in the order given; the first that the peer refuses ends it. After a failure
 * the body is still what it was, so that a redelivery can send it again.
 */
final class StoreProducer extends DicomProducer {

    /** Presentation context IDs are odd and end at 255 (PS3.8 §9.3.2.2). */
    private static final int MAX_CONTEXTS = 128;

    private final StoreOptions options;

    StoreProducer(DicomEndpoint endpoint) {
        super(endpoint);
        this.options = new StoreOptions(endpoint.getPriority(), null);
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        List<StoredInstance> instances = InstanceBody.read(
                exchange.getMessage().getBody(), server().limits().codec());
        List<StoreOutcome> outcomes = new ArrayList<>();
        DimseStatus last = DimseStatus.SUCCESS;
        try (DicomAssociation association = open(contexts(instances), ServiceHandlers.none())) {
            for (StoredInstance instance : instances) {
                DimseStatus status = association.store(instance, options);
                outcomes.add(new StoreOutcome(instance.sopClass(), instance.sopInstance(), status));
                last = last.isWarning() && !status.isFailure() ? last : status;
                if (status.isFailure()) {
                    break;
                }
            }
        } finally {
            exchange.setProperty(DicomConstants.OUTCOMES, List.copyOf(outcomes));
        }
        report(exchange, last);
        exchange.getMessage().setBody(List.copyOf(outcomes));
    }

    /** One for each SOP class and transfer syntax: an instance is sent as it is, never converted. */
    private static List<PresentationContextProposal> contexts(List<StoredInstance> instances) {
        List<PresentationContextProposal> contexts = instances.stream()
                .map(instance -> PresentationContextProposal.store(instance.sopClass(), instance.transferSyntax()))
                .distinct()
                .toList();
        if (contexts.size() > MAX_CONTEXTS) {
            throw new IllegalArgumentException(
                    "The list for dicom:store has %d pairs of SOP class and transfer syntax; an association takes %d, so split it."
                            .formatted(contexts.size(), MAX_CONTEXTS));
        }
        return contexts;
    }
}
