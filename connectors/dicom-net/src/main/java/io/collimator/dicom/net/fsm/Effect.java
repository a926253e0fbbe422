package io.collimator.dicom.net.fsm;

import io.collimator.dicom.net.pdu.Pdu;
import org.jspecify.annotations.Nullable;

/** What the state machine wants done, in this order, by whoever owns the transport connection. */
public sealed interface Effect {

    /** Open the transport connection. */
    record Connect() implements Effect {}

    /** Write a PDU. */
    record Send(Pdu pdu) implements Effect {}

    /** Start the ARTIM timer, or start it anew. */
    record StartArtim() implements Effect {}

    /** Stop the ARTIM timer if it runs. */
    record StopArtim() implements Effect {}

    /** Close the transport connection. */
    record CloseTransport() implements Effect {}

    /** Tell the user of the association, with the PDU that says it where there is one. */
    record Indicate(Indication indication, @Nullable Pdu pdu) implements Effect {}

    /** What the user of an association is told. */
    enum Indication {
        /** The peer asks for an association; answer with Evt7 or Evt8. */
        ASSOCIATE_REQUESTED,
        /** The provider itself rejected the peer's request. */
        PROVIDER_REJECTED,
        /** Our request was accepted. */
        ASSOCIATE_ACCEPTED,
        /** Our request was rejected. */
        ASSOCIATE_REJECTED,
        /** Data of the peer. */
        DATA,
        /** The peer asks for release; answer with Evt14. */
        RELEASE_REQUESTED,
        /** The peer asks for release while our own request is under way (collision). */
        RELEASE_COLLISION,
        /** The peer confirmed our release; in a collision the acceptor still has to answer with Evt14. */
        RELEASE_CONFIRMED,
        /** The peer aborted. */
        ABORTED_BY_PEER,
        /** We aborted because the peer broke the protocol. */
        ABORTED_BY_PROVIDER,
        /** The transport connection is gone. */
        CONNECTION_LOST
    }
}
