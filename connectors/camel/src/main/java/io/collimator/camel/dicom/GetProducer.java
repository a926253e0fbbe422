package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.file.DicomFileWriter;
import io.collimator.dicom.file.FileMeta;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.StoreHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code to: dicom:get}: the body is the identifier, then the result. Each instance that comes is an exchange of its own at
 * the receiver, whose body is a DICOM file in a stream; it is read while it arrives and must be read before the route ends.
 */
final class GetProducer extends DicomProducer {

    private static final Logger LOG = LoggerFactory.getLogger(GetProducer.class);

    /** PS3.7 §C.4.1: processing failure. */
    private static final DimseStatus NOT_TAKEN = DimseStatus.of(0x0110, "The receiving route failed");

    private final QuerySettings settings;
    private final String receiver;
    private final long maxBytes;
    private final List<PresentationContextProposal> contexts;
    private @Nullable Delivery delivery;

    GetProducer(DicomEndpoint endpoint) {
        super(endpoint);
        this.settings = QuerySettings.retrieve(endpoint, InformationModel::get);
        this.receiver = endpoint.required(DicomOption.RECEIVER, endpoint.getReceiver());
        this.maxBytes = endpoint.getMaxInstanceBytes();
        this.contexts = contexts(endpoint, settings.sopClass());
    }

    private static List<PresentationContextProposal> contexts(DicomEndpoint endpoint, Uid get) {
        String named = endpoint.getStorageClasses();
        List<Uid> classes = named == null ? StorageClasses.COMMON : DicomOption.uids(named);
        Uid[] syntaxes = DicomOption.uids(endpoint.getTransferSyntaxes()).toArray(Uid[]::new);
        List<PresentationContextProposal> contexts = new ArrayList<>();
        contexts.add(PresentationContextProposal.scu(get));
        classes.stream()
                .distinct()
                .forEach(sopClass -> contexts.add(PresentationContextProposal.retrieve(sopClass, syntaxes)));
        return List.copyOf(contexts);
    }

    @Override
    public void process(Exchange exchange) {
        DataSet identifier = body(exchange);
        Delivery to = delivery;
        if (to == null) {
            throw new IllegalStateException("dicom:get has not started; start its route first.");
        }
        try (DicomAssociation association = open(contexts, ServiceHandlers.none())) {
            report(exchange, association.get(settings.query(identifier), to));
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Endpoint endpoint = getEndpoint().getCamelContext().getEndpoint(receiver);
        delivery = new Delivery(endpoint, getEndpoint().getCamelContext().createProducerTemplate(), maxBytes);
    }

    @Override
    protected void doStop() throws Exception {
        Delivery stopped = delivery;
        delivery = null;
        if (stopped != null) {
            stopped.template().stop();
        }
        super.doStop();
    }

    /** Takes the instances, on the handler's threads. */
    private record Delivery(Endpoint receiver, ProducerTemplate template, long maxDataSetBytes)
            implements StoreHandler {

        @Override
        public DimseStatus handle(StoreRequest request) throws IOException {
            Exchange exchange = receiver.createExchange();
            Message message = exchange.getMessage();
            message.setHeader(DicomConstants.SOP_CLASS_UID, request.sopClass());
            message.setHeader(DicomConstants.SOP_INSTANCE_UID, request.sopInstance());
            message.setHeader(DicomConstants.TRANSFER_SYNTAX_UID, request.transferSyntax());
            message.setBody(file(request));
            Exception failure = template.send(receiver, exchange).getException();
            return failure == null ? DimseStatus.SUCCESS : status(request, failure);
        }

        private static InputStream file(StoreRequest request) throws IOException {
            ByteArrayOutputStream start = new ByteArrayOutputStream();
            DicomFileWriter.writeEncoded(
                    FileMeta.of(request.sopClass(), request.sopInstance(), request.transferSyntax()),
                    InputStream.nullInputStream(),
                    start);
            return new SequenceInputStream(new ByteArrayInputStream(start.toByteArray()), request.dataSet());
        }

        private static DimseStatus status(StoreRequest request, Exception failure) {
            DimseException said = ObjectHelper.getException(DimseException.class, failure);
            // The text of a foreign exception may quote what it choked on, so it goes to DEBUG only.
            LOG.warn(
                    "Instance {} of association {} was not taken: {}",
                    request.sopInstance(),
                    request.association().id(),
                    failure.getClass().getName());
            LOG.debug("Instance {} was not taken", request.sopInstance(), failure);
            return said != null && said.status().isFailure() ? said.status() : NOT_TAKEN;
        }
    }
}
