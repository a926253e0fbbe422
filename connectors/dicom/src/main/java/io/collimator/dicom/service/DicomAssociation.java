package io.collimator.dicom.service;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A negotiated association, opened by us or by a peer. Requests are sent one at a time (no asynchronous window), wait for
 * the response time-out and must not be called from a handler's event loop; while the association is answering a
 * request of the peer, a request of ours waits until that response is written. Thread-safe.
 */
public interface DicomAssociation extends AutoCloseable {

    /** Unique in this process; for logs. */
    String id();

    AeTitle callingAeTitle();

    AeTitle calledAeTitle();

    /** Host and port of the peer, for people. */
    String remoteAddress();

    boolean isOpen();

    /** SOP classes of accepted presentation contexts, with the transfer syntax first accepted for each. */
    Map<Uid, TransferSyntax> acceptedContexts();

    /**
     * C-ECHO (PS3.7 §9.1.5).
     *
     * @throws AssociationException when there is no answer
     */
    DimseStatus echo();

    /**
     * C-FIND (PS3.7 §9.1.2): collects at most {@code maxMatches}, then sends C-CANCEL and waits for the final status.
     *
     * @throws AssociationException when the SOP class was not accepted or there is no answer
     */
    FindResult find(Uid sopClass, DataSet identifier, int maxMatches);

    /** N-CREATE (PS3.7 §10.1.5); without instance the SCP makes the UID. */
    NResponse create(Uid sopClass, @Nullable Uid sopInstance, DataSet attributes);

    /** N-SET (PS3.7 §10.1.3). */
    NResponse set(Uid sopClass, Uid sopInstance, DataSet modifications);

    /** N-ACTION (PS3.7 §10.1.4). */
    NResponse action(Uid sopClass, Uid sopInstance, int actionTypeId, DataSet information);

    /** N-EVENT-REPORT (PS3.7 §10.1.1). */
    NResponse eventReport(Uid sopClass, Uid sopInstance, int eventTypeId, DataSet information);

    /** A-RELEASE; returns when the association is over. */
    void release();

    void abort();

    /** Releases when open, else does nothing. */
    @Override
    void close();

    /**
     * What a C-FIND brought.
     *
     * @param status the final status
     */
    record FindResult(List<DataSet> matches, DimseStatus status) {
        public FindResult {
            matches = List.copyOf(matches);
        }
    }

    /**
     * The response of an N service.
     *
     * @param sopInstance Affected SOP Instance UID of the response, when it had one
     * @param dataSet the data set of the response, empty when it had none
     */
    record NResponse(DimseStatus status, @Nullable Uid sopInstance, DataSet dataSet) {

        public static NResponse success() {
            return new NResponse(DimseStatus.SUCCESS, null, DataSet.empty());
        }

        public static NResponse of(DimseStatus status) {
            return new NResponse(status, null, DataSet.empty());
        }
    }
}
