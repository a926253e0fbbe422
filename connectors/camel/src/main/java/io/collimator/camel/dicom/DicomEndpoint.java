package io.collimator.camel.dicom;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.dimse.Priority;
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

/** Serve DICOM services on the shared listener, and send requests to registered peers. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "dicom",
        title = "DICOM",
        syntax = "dicom:operation",
        category = {Category.NETWORKING, Category.HEALTH},
        headersClass = DicomConstants.class)
public final class DicomEndpoint extends DefaultEndpoint {

    private static final String PRODUCER = "producer";
    private static final String ADVANCED = "producer,advanced";

    private final Wiring wiring;
    private final DicomOperation service;

    @UriPath(
            enums = "worklist,performed-steps,commitment,commitment-reports,echo,find,move,get,store,mpps",
            description = "Consumers: worklist, performed-steps, commitment, commitment-reports."
                    + " Producers: echo, find, move, get, store, commitment, mpps.")
    @Metadata(required = true)
    private final String operation;

    @UriParam(label = PRODUCER)
    private @Nullable String calledAeTitle;

    @UriParam(label = PRODUCER, enums = "worklist,patient-root,study-root")
    private @Nullable InformationModel informationModel;

    @UriParam(label = ADVANCED, defaultValue = "medium", enums = "low,medium,high")
    private Priority priority = Priority.MEDIUM;

    @UriParam(label = PRODUCER, defaultValue = "200")
    private int maxMatches = 200;

    @UriParam(label = PRODUCER)
    private boolean streaming;

    @UriParam(label = PRODUCER)
    private @Nullable String moveDestination;

    @UriParam(label = PRODUCER)
    private @Nullable String receiver;

    @UriParam(label = ADVANCED)
    private @Nullable String storageClasses;

    @UriParam(label = ADVANCED, defaultValue = StorageClasses.UNCOMPRESSED)
    private String transferSyntaxes = StorageClasses.UNCOMPRESSED;

    @UriParam(label = ADVANCED, defaultValue = "4294967296")
    private long maxInstanceBytes = 4L << 30;

    @UriParam(label = PRODUCER, defaultValue = "10s")
    private Duration reportTimeout = Duration.ofSeconds(10);

    DicomEndpoint(String uri, DicomComponent component, DicomOperation service, Wiring wiring) {
        super(uri, component);
        this.service = service;
        this.operation = service.path();
        this.wiring = wiring;
    }

    /** What the component found in the registry. */
    record Wiring(DicomServer server, PeerDirectory peers) {}

    @Override
    public Producer createProducer() {
        return switch (service) {
            case ECHO -> new EchoProducer(this);
            case FIND -> new FindProducer(this);
            case MOVE -> new MoveProducer(this);
            case GET -> new GetProducer(this);
            case STORE -> new StoreProducer(this);
            case COMMITMENT -> new CommitmentProducer(this);
            case MPPS -> new MppsProducer(this);
            case WORKLIST, PERFORMED_STEPS, COMMITMENT_REPORTS ->
                throw new UnsupportedOperationException("dicom:%s cannot be sent to; send to one of: %s."
                        .formatted(operation, DicomOperation.paths(false)));
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DicomConsumer consumer = switch (service) {
            case WORKLIST -> new WorklistConsumer(this, processor);
            case PERFORMED_STEPS -> new PerformedStepsConsumer(this, processor);
            case COMMITMENT -> new CommitmentConsumer(this, processor);
            case COMMITMENT_REPORTS -> new CommitmentReportsConsumer(this, processor);
            case ECHO, FIND, MOVE, GET, STORE, MPPS ->
                throw new UnsupportedOperationException("dicom:%s cannot be consumed; consume one of: %s."
                        .formatted(operation, DicomOperation.paths(true)));
        };
        configureConsumer(consumer);
        return consumer;
    }

    DicomOperation operation() {
        return service;
    }

    DicomServer server() {
        return wiring.server();
    }

    /** The peer of a producer. */
    PeerTarget target() {
        return peer(DicomOption.CALLED_AE_TITLE, calledAeTitle);
    }

    /** The peer that gets what a C-MOVE moves. */
    PeerTarget destination() {
        return peer(DicomOption.MOVE_DESTINATION, moveDestination);
    }

    private PeerTarget peer(DicomOption option, @Nullable String title) {
        return new PeerTarget(new AeTitle(required(option, title)), wiring.peers());
    }

    /**
     * An option that a producer cannot do without.
     *
     * @throws IllegalArgumentException when it is not there
     */
    String required(DicomOption option, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("dicom:%s has no %s; write %s under its parameters."
                    .formatted(operation, option.optionName(), option.expected()));
        }
        return value;
    }

    public String getOperation() {
        return operation;
    }

    public @Nullable String getCalledAeTitle() {
        return calledAeTitle;
    }

    /**
     * AE title of the registered peer that a producer calls; host and port come from the registry and from nowhere else.
     * Every producer must have it.
     */
    public void setCalledAeTitle(String calledAeTitle) {
        this.calledAeTitle = new AeTitle(calledAeTitle).value();
    }

    public @Nullable InformationModel getInformationModel() {
        return informationModel;
    }

    /** Information model of find, move and get; worklist unless given for find, study-root for move and get. */
    public void setInformationModel(InformationModel informationModel) {
        this.informationModel = informationModel;
    }

    public Priority getPriority() {
        return priority;
    }

    /** Priority (0000,0700) of find, move, get and store; a wish that few peers heed. */
    public void setPriority(Priority priority) {
        this.priority = priority;
    }

    public int getMaxMatches() {
        return maxMatches;
    }

    /**
     * Matches that find collects before it cancels the query, 1 to 100,000; the status of a list that was cut short is
     * FE00H. A stream is not cut.
     */
    public void setMaxMatches(int maxMatches) {
        this.maxMatches = DicomOption.MAX_MATCHES.require(maxMatches, Integer.toString(maxMatches));
    }

    public boolean isStreaming() {
        return streaming;
    }

    /**
     * Whether the body after find is an iterator that pulls match after match from the peer, for a split in streaming mode;
     * the query is cancelled when the exchange ends before its matches do.
     */
    public void setStreaming(boolean streaming) {
        this.streaming = streaming;
    }

    public @Nullable String getMoveDestination() {
        return moveDestination;
    }

    /** AE title of the registered peer to which move has the instances sent. */
    public void setMoveDestination(String moveDestination) {
        this.moveDestination = new AeTitle(moveDestination).value();
    }

    public @Nullable String getReceiver() {
        return receiver;
    }

    /** Endpoint to which get sends each instance, as a DICOM file in a stream; direct: and the name of a route. */
    public void setReceiver(String receiver) {
        this.receiver = DicomOption.RECEIVER.require(receiver, receiver);
    }

    public @Nullable String getStorageClasses() {
        return storageClasses;
    }

    /**
     * SOP Class UIDs of the instances that get takes, at most 120, with commas between them; those of images, documents and
     * presentation states in common use unless given.
     */
    public void setStorageClasses(String storageClasses) {
        this.storageClasses = DicomOption.STORAGE_CLASSES.require(storageClasses, storageClasses);
    }

    public String getTransferSyntaxes() {
        return transferSyntaxes;
    }

    /**
     * UIDs of the transfer syntaxes that get offers for each of its SOP classes, the preferred one first, with commas between
     * them; Explicit and Implicit VR Little Endian unless given. Name a compressed one to get what the archive keeps in it.
     */
    public void setTransferSyntaxes(String transferSyntaxes) {
        this.transferSyntaxes = DicomOption.TRANSFER_SYNTAXES.require(transferSyntaxes, transferSyntaxes);
    }

    public long getMaxInstanceBytes() {
        return maxInstanceBytes;
    }

    /** Largest data set in bytes that get takes, at most 64 GiB; a larger one is answered A700H. */
    public void setMaxInstanceBytes(long maxInstanceBytes) {
        this.maxInstanceBytes =
                DicomOption.MAX_INSTANCE_BYTES.require(maxInstanceBytes, Long.toString(maxInstanceBytes));
    }

    public Duration getReportTimeout() {
        return reportTimeout;
    }

    /**
     * How long commitment keeps its association open for the archive's report; 0 releases at once, at most 10 minutes. The
     * route goes on meanwhile.
     */
    public void setReportTimeout(Duration reportTimeout) {
        this.reportTimeout = DicomOption.REPORT_TIMEOUT.require(reportTimeout, Long.toString(reportTimeout.toMillis()));
    }
}
