package io.collimator.dicom.service;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.SubOperations;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A negotiated association, opened by us or by a peer. As many requests are outstanding as were agreed on, usually one; the
 * next waits. A request waits for the response time-out and must not be called from a handler of the same association;
 * while the association is answering a request of the peer, a request of ours waits until that response is written.
 * Requests throw {@link AssociationException} when the SOP class was not accepted or there is no answer. Thread-safe.
 */
public interface DicomAssociation extends AutoCloseable {

    /** Unique in this process; for logs. */
    String id();

    AeTitle callingAeTitle();

    AeTitle calledAeTitle();

    /** Host and port of the peer, for people. */
    String remoteAddress();

    /** Where the peer is; empty when that is not known any more. */
    Optional<InetAddress> peerAddress();

    boolean isOpen();

    /** SOP classes of accepted presentation contexts, with the transfer syntaxes accepted for each. */
    Map<Uid, Set<Uid>> acceptedContexts();

    /** Extended negotiation that both sides agreed on. */
    AssociationOptions options();

    /** C-ECHO (PS3.7 §9.1.5). */
    DimseStatus echo();

    /** C-FIND (PS3.7 §9.1.2): collects at most {@code maxMatches}, then sends C-CANCEL and waits for the final status. */
    FindResult find(Uid sopClass, DataSet identifier, int maxMatches);

    /**
     * C-FIND (PS3.7 §9.1.2): gives match after match to the consumer.
     *
     * @return the final status
     */
    DimseStatus find(Query query, MatchConsumer matches);

    /** C-STORE (PS3.7 §9.1.1) with medium priority. */
    default DimseStatus store(StoredInstance instance) {
        return store(instance, StoreOptions.DEFAULT);
    }

    /**
     * C-STORE (PS3.7 §9.1.1): sends the bytes as they are, no faster than the peer takes them.
     *
     * @throws AssociationException also when the SOP class was not accepted in the instance's transfer syntax, or when
     *     its bytes cannot be read to the end, which ends the association
     */
    DimseStatus store(StoredInstance instance, StoreOptions options);

    /** C-MOVE (PS3.7 §9.1.4); the peer opens an association to the destination and sends the instances there. */
    RetrieveResult move(Query query, AeTitle destination);

    /**
     * C-GET (PS3.7 §9.1.3); the instances come back on this association, for storage classes that were proposed with
     * {@link ServiceRole#SCP}.
     *
     * @param receiver takes them, on another thread than the one that asks
     */
    RetrieveResult get(Query query, StoreHandler receiver);

    /**
     * N-GET (PS3.7 §10.1.2).
     *
     * @param attributes what is wanted; empty asks for all
     */
    NResponse get(Uid sopClass, Uid sopInstance, List<Tag> attributes);

    /** N-CREATE (PS3.7 §10.1.5); without instance the SCP makes the UID. */
    NResponse create(Uid sopClass, @Nullable Uid sopInstance, DataSet attributes);

    /** N-SET (PS3.7 §10.1.3). */
    NResponse set(Uid sopClass, Uid sopInstance, DataSet modifications);

    /** N-ACTION (PS3.7 §10.1.4). */
    NResponse action(Uid sopClass, Uid sopInstance, int actionTypeId, DataSet information);

    /** N-DELETE (PS3.7 §10.1.6). */
    NResponse delete(Uid sopClass, Uid sopInstance);

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
     * How a C-MOVE or C-GET ended.
     *
     * @param status the final status
     * @param counts of the final response
     * @param failedInstances those that the peer could not send, when it says which
     */
    record RetrieveResult(DimseStatus status, SubOperations counts, List<Uid> failedInstances) {
        public RetrieveResult {
            failedInstances = List.copyOf(failedInstances);
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
