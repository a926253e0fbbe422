package io.collimator.dicom.net.association;

import io.collimator.dicom.net.pdu.PDataTf;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an association needs of its transport connection. May be called from any thread; nothing but waiting blocks. */
public interface Link {

    /** Host and port of the peer, for people. */
    String remoteAddress();

    /** Where the peer is; empty when that is not known any more. */
    Optional<InetAddress> peerAddress();

    /** Writes whole messages or a part of one, the PDUs in this order; dropped when the association is over. */
    void send(List<PDataTf> message);

    /**
     * Waits until what was sent before has left, but for a bounded rest.
     *
     * @return false when time is up or the connection is gone
     */
    boolean awaitWritable(Duration timeout) throws InterruptedException;

    /** Sends A-RELEASE-RQ. */
    void requestRelease();

    /** Sends A-RELEASE-RP. */
    void answerRelease();

    /** Sends A-ABORT as service user. */
    void abort();

    /** Sends A-ABORT as service provider, because the peer broke the protocol. */
    void abort(ProtocolException violation);

    /** Stops reading from the peer, or goes on. */
    void holdReading(boolean hold);
}
