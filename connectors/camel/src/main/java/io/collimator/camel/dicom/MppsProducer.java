package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.PresentationContextProposal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * {@code to: dicom:mpps}: the header {@link DicomConstants#SERVICE} says which service, the body is its data set, then the
 * response.
 */
final class MppsProducer extends DicomProducer {

    private static final List<DimseService> SERVICES =
            List.of(DimseService.N_CREATE, DimseService.N_SET, DimseService.N_GET);

    MppsProducer(DicomEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void process(Exchange exchange) {
        DimseService service = service(exchange.getMessage());
        Optional<Uid> instance = instance(exchange.getMessage());
        if (instance.isEmpty() && service != DimseService.N_CREATE) {
            throw new IllegalArgumentException(
                    "%s has no SOP instance; set the header %s to the UID of the performed step."
                            .formatted(service, DicomConstants.SOP_INSTANCE_UID));
        }
        Uid sopClass =
                service == DimseService.N_GET ? ConsumerTable.PERFORMED_STEP_RETRIEVE : ConsumerTable.PERFORMED_STEP;
        // an N-GET asks for everything, so that it has no body
        DataSet attributes = service == DimseService.N_GET ? DataSet.empty() : body(exchange);
        try (DicomAssociation association = open(PresentationContextProposal.scu(sopClass))) {
            NResponse response = switch (service) {
                case N_SET -> association.set(sopClass, instance.orElseThrow(), attributes);
                case N_GET -> association.get(sopClass, instance.orElseThrow(), List.of());
                default -> association.create(sopClass, instance.orElse(null), attributes);
            };
            report(exchange, response.status());
            exchange.getMessage().setBody(response);
            if (response.sopInstance() != null) {
                exchange.getMessage().setHeader(DicomConstants.SOP_INSTANCE_UID, response.sopInstance());
            }
        }
    }

    private static DimseService service(Message message) {
        @Nullable Object given = message.getHeader(DicomConstants.SERVICE);
        return SERVICES.stream()
                .filter(service -> service == given || service.toString().equals(given))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The header %s is %s; set it to one of: %s."
                        .formatted(
                                DicomConstants.SERVICE,
                                given == null ? "missing" : "another than a service of performed steps",
                                Arrays.toString(SERVICES.toArray()))));
    }

    private static Optional<Uid> instance(Message message) {
        @Nullable Object given = message.getHeader(DicomConstants.SOP_INSTANCE_UID);
        if (given == null) {
            return Optional.empty();
        }
        return Optional.of(given instanceof Uid uid ? uid : new Uid(given.toString()));
    }
}
