package io.collimator.dicom.service;

import io.collimator.dicom.codec.CodecLimits;
import java.time.Duration;

/**
 * Bounds of a listener or an association; every value is positive.
 *
 * @param maxPduLengthBytes longest P-DATA-TF that we accept, declared to the peer (PS3.8 Annex D.1)
 * @param maxAssociations negotiated associations of one listener; one more is rejected 2/3/2 (PS3.8 §9.3.4)
 * @param maxPendingConnections connections that have not finished negotiation; the oldest is closed for a new one
 * @param artim time for negotiation and for the peer to close (PS3.8 §9.1.5)
 * @param idle an association without traffic and without work is aborted after this
 * @param response how long we wait for a DIMSE response
 * @param connect how long a TCP connect may take
 * @param drain how long closing waits for handlers in flight
 * @param handlerThreads threads that run handlers
 * @param handlerQueue requests that may wait for a thread; one more is answered 0213H or A700H
 * @param codec bounds of a data set
 */
public record DicomLimits(
        int maxPduLengthBytes,
        int maxAssociations,
        int maxPendingConnections,
        Duration artim,
        Duration idle,
        Duration response,
        Duration connect,
        Duration drain,
        int handlerThreads,
        int handlerQueue,
        CodecLimits codec) {

    public static DicomLimits defaults() {
        return new DicomLimits(
                65_536,
                200,
                512,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                16,
                256,
                CodecLimits.defaults());
    }
}
