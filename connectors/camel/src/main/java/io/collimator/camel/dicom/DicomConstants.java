package io.collimator.camel.dicom;

import org.apache.camel.spi.Metadata;

/**
 * The shape of a {@code dicom:} exchange.
 *
 * <table>
 * <caption>Consumers (InOut)</caption>
 * <tr><th>endpoint</th><th>body in</th><th>body out</th></tr>
 * <tr><td>{@code dicom:worklist}</td><td>identifier of the C-FIND</td>
 *     <td>{@link io.collimator.dicom.service.Matches}, which the consumer closes; anything else is answered C001H</td></tr>
 * <tr><td>{@code dicom:performed-steps}</td><td>attribute list of the N-CREATE, modification list
 *     of the N-SET, nothing of the N-GET</td>
 *     <td rowspan="3">{@link io.collimator.dicom.service.DicomAssociation.NResponse}, or the data set of a reply with
 *     success; a body that is still the request, or anything else, means success without data set</td></tr>
 * <tr><td>{@code dicom:commitment}</td><td>action information of the N-ACTION</td></tr>
 * <tr><td>{@code dicom:commitment-reports}</td><td>event information of the N-EVENT-REPORT</td></tr>
 * </table>
 *
 * <p>A body in is always an {@link io.collimator.dicom.data.DataSet}. Success and warnings of the N services need an
 * {@link io.collimator.camel.receipt.AcknowledgementReceipt} on the exchange, else the answer is 0110H; N-GET does not. A
 * {@link io.collimator.dicom.service.DimseException} of the route gives its status, any other exception 0110H, or C001H
 * for a find.
 *
 * <p>Headers in are the ones below and no others; nothing that came over the network can name a header.
 */
public final class DicomConstants {

    private static final String CONSUMER = "consumer";
    private static final String PRODUCER = "producer";

    /** Calling AE title of the association (PS3.8 §9.3.2). */
    @Metadata(label = CONSUMER, javaType = "io.collimator.dicom.data.AeTitle")
    public static final String CALLING_AE_TITLE = "CamelDicomCallingAeTitle";

    /** Called AE title of the association (PS3.8 §9.3.2). */
    @Metadata(label = CONSUMER, javaType = "io.collimator.dicom.data.AeTitle")
    public static final String CALLED_AE_TITLE = "CamelDicomCalledAeTitle";

    /**
     * The DIMSE service: tells those of performed-steps apart, and says to mpps which to send. Texts such as N-CREATE are
     * taken too.
     */
    @Metadata(javaType = "io.collimator.camel.dicom.DimseService")
    public static final String SERVICE = "CamelDicomService";

    /** Affected or Requested SOP Class UID (0000,0002) (0000,0003). */
    @Metadata(javaType = "io.collimator.dicom.data.Uid")
    public static final String SOP_CLASS_UID = "CamelDicomSopClassUid";

    /**
     * Affected or Requested SOP Instance UID (0000,1000) (0000,1001); absent when an N-CREATE leaves it to the SCP. The
     * producer mpps reads it and sets the one of the response.
     */
    @Metadata(javaType = "io.collimator.dicom.data.Uid")
    public static final String SOP_INSTANCE_UID = "CamelDicomSopInstanceUid";

    /** Transfer Syntax UID (0002,0010) of an instance that get received. */
    @Metadata(label = PRODUCER, javaType = "io.collimator.dicom.data.Uid")
    public static final String TRANSFER_SYNTAX_UID = "CamelDicomTransferSyntaxUid";

    /** Message ID (0000,0110) of a C-FIND. */
    @Metadata(label = CONSUMER, javaType = "Integer")
    public static final String MESSAGE_ID = "CamelDicomMessageId";

    /** Action Type ID (0000,1008) of an N-ACTION. */
    @Metadata(label = CONSUMER, javaType = "Integer")
    public static final String ACTION_TYPE_ID = "CamelDicomActionTypeId";

    /** Event Type ID (0000,1002) of an N-EVENT-REPORT. */
    @Metadata(label = CONSUMER, javaType = "Integer")
    public static final String EVENT_TYPE_ID = "CamelDicomEventTypeId";

    /** Our own name of the association, for logs. */
    @Metadata(label = CONSUMER, javaType = "String")
    public static final String ASSOCIATION_ID = "CamelDicomAssociationId";

    /** Status (0000,0900) that a producer got. */
    @Metadata(label = PRODUCER, javaType = "io.collimator.dicom.dimse.DimseStatus")
    public static final String STATUS = "CamelDicomStatus";

    /** Number of Remaining Sub-operations (0000,1020) when a move or get was cancelled. */
    @Metadata(label = PRODUCER, javaType = "Integer")
    public static final String REMAINING_SUBOPERATIONS = "CamelDicomNumberOfRemainingSuboperations";

    /** Number of Completed Sub-operations (0000,1021) of a move or get. */
    @Metadata(label = PRODUCER, javaType = "Integer")
    public static final String COMPLETED_SUBOPERATIONS = "CamelDicomNumberOfCompletedSuboperations";

    /** Number of Failed Sub-operations (0000,1022) of a move or get. */
    @Metadata(label = PRODUCER, javaType = "Integer")
    public static final String FAILED_SUBOPERATIONS = "CamelDicomNumberOfFailedSuboperations";

    /** Number of Warning Sub-operations (0000,1023) of a move or get. */
    @Metadata(label = PRODUCER, javaType = "Integer")
    public static final String WARNING_SUBOPERATIONS = "CamelDicomNumberOfWarningSuboperations";

    /** Exchange property: the {@link io.collimator.dicom.service.DicomAssociation} that the request came on. */
    public static final String ASSOCIATION = "CamelDicomAssociation";

    /** Exchange property: the {@link io.collimator.dicom.service.Cancellation} of a C-FIND. */
    public static final String CANCELLATION = "CamelDicomCancellation";

    /** Exchange property: Attribute Identifier List (0000,1005) of an N-GET, tags in a {@link java.util.List}. */
    public static final String ATTRIBUTES = "CamelDicomAttributes";

    /** Exchange property: what became of the instances of a store, also when it failed; a list of {@link StoreOutcome}. */
    public static final String OUTCOMES = "CamelDicomOutcomes";

    private DicomConstants() {}
}
