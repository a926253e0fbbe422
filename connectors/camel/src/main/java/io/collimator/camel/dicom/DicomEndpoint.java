package io.collimator.camel.dicom;

import io.collimator.dicom.data.AeTitle;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** DICOM services of the shared listener, and requests to registered peers. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "dicom",
        title = "DICOM",
        syntax = "dicom:operation",
        category = {Category.NETWORKING, Category.HEALTH})
public final class DicomEndpoint extends DefaultEndpoint {

    @UriPath(
            description =
                    "Consumers: worklist, performed-steps, commitment, commitment-reports. Producers: echo, find, commitment.")
    @Metadata(required = true)
    private final DicomOperation operation;

    private final DicomServer server;
    private final PeerDirectory peers;

    @UriParam(label = "producer")
    private @Nullable AeTitle calledAeTitle;

    @UriParam(label = "producer", defaultValue = "200")
    private int maxMatches = 200;

    @UriParam(label = "producer", defaultValue = "10s")
    private Duration reportTimeout = Duration.ofSeconds(10);

    DicomEndpoint(String uri, DicomComponent component, DicomOperation operation, Wiring wiring) {
        super(uri, component);
        this.operation = operation;
        this.server = wiring.server();
        this.peers = wiring.peers();
    }

    /** What the component found in the registry. */
    record Wiring(DicomServer server, PeerDirectory peers) {}

    @Override
    public Producer createProducer() {
        AeTitle called = calledAeTitle;
        if (called == null) {
            throw new IllegalArgumentException("dicom:" + operation.path()
                    + " has no calledAeTitle; name a peer of config/application-entities.yaml in its parameters.");
        }
        PeerTarget target = new PeerTarget(called, peers);
        return switch (operation) {
            case ECHO -> new EchoProducer(this, target);
            case FIND -> new FindProducer(this, target);
            case COMMITMENT -> new CommitmentProducer(this, target);
            case WORKLIST, PERFORMED_STEPS, COMMITMENT_REPORTS ->
                throw new UnsupportedOperationException("dicom:%s cannot be sent to; send to one of: %s."
                        .formatted(operation.path(), DicomOperation.paths(false)));
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DicomConsumer consumer = switch (operation) {
            case WORKLIST -> new WorklistConsumer(this, processor);
            case PERFORMED_STEPS -> new PerformedStepsConsumer(this, processor);
            case COMMITMENT -> new CommitmentConsumer(this, processor);
            case COMMITMENT_REPORTS -> new CommitmentReportsConsumer(this, processor);
            case ECHO, FIND ->
                throw new UnsupportedOperationException("dicom:%s cannot be consumed; consume one of: %s."
                        .formatted(operation.path(), DicomOperation.paths(true)));
        };
        configureConsumer(consumer);
        return consumer;
    }

    DicomOperation operation() {
        return operation;
    }

    DicomServer server() {
        return server;
    }

    public @Nullable String getCalledAeTitle() {
        return calledAeTitle == null ? null : calledAeTitle.value();
    }

    /** AE title of the registered peer that a producer calls; its address comes from the {@link PeerDirectory}. */
    public void setCalledAeTitle(String calledAeTitle) {
        this.calledAeTitle = new AeTitle(calledAeTitle);
    }

    public int getMaxMatches() {
        return maxMatches;
    }

    /** Matches that {@code dicom:find} collects before it cancels the query; 1 to 100,000, 200 unless given. */
    public void setMaxMatches(int maxMatches) {
        if (maxMatches < 1 || maxMatches > 100_000) {
            throw new IllegalArgumentException(
                    "maxMatches=" + maxMatches + " of dicom:find is out of bounds; give 1 to 100000.");
        }
        this.maxMatches = maxMatches;
    }

    public Duration getReportTimeout() {
        return reportTimeout;
    }

    /**
     * How long {@code dicom:commitment} keeps its association open for the archive's report; 0 releases at once, at most
     * 10 minutes, 10 seconds unless given. The route goes on meanwhile.
     */
    public void setReportTimeout(Duration reportTimeout) {
        if (reportTimeout.isNegative() || reportTimeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "reportTimeout=%s of dicom:commitment is out of bounds; give 0s to 10m.".formatted(reportTimeout));
        }
        this.reportTimeout = reportTimeout;
    }
}
