package io.collimator.dicom.service;

import io.collimator.dicom.codec.CodecLimits;
import java.time.Duration;

/**
 * Bounds of a listener or an association; every value is positive.
 *
 * @param peer bounds of each calling AE title, and of an association that we open
 * @param negotiation bounds of a request for an association
 * @param maxAssociations negotiated associations of one listener; one more is rejected 2/3/2 (PS3.8 §9.3.4)
 * @param maxPendingConnections connections that have not finished negotiation; the oldest is closed for a new one
 * @param artim time for the peer to ask for an association, and to close (PS3.8 §9.1.5)
 * @param request time for the peer to answer our A-ASSOCIATE-RQ
 * @param idle an association without traffic and without work is aborted after this
 * @param response how long we wait for a DIMSE response
 * @param move how long we wait for the next response to a C-MOVE; pending ones are optional (PS3.4 §C.4.2)
 * @param release time for the peer to answer our A-RELEASE-RQ; then the association is aborted
 * @param connect how long a TCP connect may take
 * @param drain how long closing waits for handlers in flight
 * @param handlerThreads threads that run handlers; a provider keeps some of them from any one calling AE title
 * @param handlerQueue requests that may wait for a thread; one more is answered 0213H or A700H
 * @param codec bounds of a data set
 */
public record DicomLimits(
        PeerLimits peer,
        NegotiationLimits negotiation,
        int maxAssociations,
        int maxPendingConnections,
        Duration artim,
        Duration request,
        Duration idle,
        Duration response,
        Duration move,
        Duration release,
        Duration connect,
        Duration drain,
        int handlerThreads,
        int handlerQueue,
        CodecLimits codec) {

    public static DicomLimits defaults() {
        return new DicomLimits(
                new PeerLimits(50, 65_536, 1, 1),
                NegotiationLimits.defaults(),
                200,
                512,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                16,
                256,
                CodecLimits.defaults());
    }
}
