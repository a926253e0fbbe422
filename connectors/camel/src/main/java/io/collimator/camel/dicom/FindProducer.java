package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.PresentationContextProposal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

/** {@code to: dicom:find}: the body is the identifier, then the list of matches, or the stream that pulls them. */
final class FindProducer extends DicomProducer {

    /** Streams of one endpoint that may be open; each holds a thread and an association. */
    static final int MAX_STREAMS = 8;

    private final QuerySettings settings;
    private final int maxMatches;
    private final boolean streaming;
    private @Nullable ExecutorService threads;

    FindProducer(DicomEndpoint endpoint) {
        super(endpoint);
        this.settings = QuerySettings.find(endpoint);
        this.maxMatches = endpoint.getMaxMatches();
        this.streaming = endpoint.isStreaming();
    }

    @Override
    public void process(Exchange exchange) {
        DataSet identifier = body(exchange);
        if (streaming) {
            stream(exchange, identifier);
        } else {
            list(exchange, identifier);
        }
    }

    private void list(Exchange exchange, DataSet identifier) {
        try (DicomAssociation association = open(PresentationContextProposal.scu(settings.sopClass()))) {
            List<DataSet> matches = new ArrayList<>();
            boolean[] cut = new boolean[1];
            DimseStatus status = association.find(settings.query(identifier), match -> {
                cut[0] = matches.size() == maxMatches;
                return !cut[0] && matches.add(match);
            });
            // the peer may have ended before our cancel reached it: the list is cut all the same
            report(exchange, cut[0] && status.isSuccess() ? DimseStatus.CANCEL : status);
            exchange.getMessage().setBody(List.copyOf(matches));
        }
    }

    private void stream(Exchange exchange, DataSet identifier) {
        ExecutorService pool = threads;
        if (pool == null) {
            throw new IllegalStateException("dicom:find has not started; start its route first.");
        }
        DicomAssociation association = open(PresentationContextProposal.scu(settings.sopClass()));
        MatchStream matches = new MatchStream(server().limits().response(), () -> exchange.getException() != null);
        try {
            pool.execute(() -> matches.run(association, settings.query(identifier)));
        } catch (RejectedExecutionException e) {
            association.close();
            throw new IllegalStateException(
                    "%d streams of %s are open already; end one of them first."
                            .formatted(MAX_STREAMS, getEndpoint().getEndpointUri()),
                    e);
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                matches.close();
            }
        });
        exchange.getMessage().setBody(matches);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (streaming) {
            ThreadPoolProfile profile = new ThreadPoolProfileBuilder("dicom-find")
                    .poolSize(1)
                    .maxPoolSize(MAX_STREAMS)
                    .maxQueueSize(0)
                    .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                    .build();
            threads = getEndpoint()
                    .getCamelContext()
                    .getExecutorServiceManager()
                    .newThreadPool(this, "dicom-find", profile);
        }
    }

    @Override
    protected void doStop() throws Exception {
        ExecutorService stopped = threads;
        threads = null;
        if (stopped != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(stopped);
        }
        super.doStop();
    }
}
