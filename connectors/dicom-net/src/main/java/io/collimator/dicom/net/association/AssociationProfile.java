package io.collimator.dicom.net.association;

import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.net.negotiation.Agreement;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.SloppinessReport;
import java.util.Optional;

/**
 * What an association is.
 *
 * @param id for logs
 * @param peer the other side's AE title, for logs
 * @param handlers what answers the peer's requests
 */
public record AssociationProfile(
        String id, AeTitle peer, Agreement agreement, ServiceHandlers handlers, DicomLimits limits) {

    /**
     * The presentation context for requests of ours.
     *
     * @throws AssociationException when none was accepted with the peer in this role
     */
    AcceptedContext contextOf(Uid sopClass, ServiceRole peerRole) {
        return agreement
                .context(sopClass, peerRole)
                .orElseThrow(() -> new AssociationException(
                        Kind.CONTEXT_NOT_ACCEPTED,
                        "No presentation context of SOP class %s with %s as %s was accepted; check its configuration."
                                .formatted(sopClass, peer, peerRole),
                        null));
    }

    /** The data set as this context wants it; no bytes for an empty one. */
    byte[] encode(AcceptedContext context, DataSet dataSet) {
        return dataSet.isEmpty()
                ? Message.NO_DATA_SET
                : new DataSetCodec(context.transferSyntax(), limits.codec()).encode(dataSet);
    }

    /** The data set of a message, empty when it has none. */
    DataSet decode(Message message) {
        return message.dataSet().length == 0 ? DataSet.empty() : decode(message.context(), message.dataSet());
    }

    /** A data set of the peer; what is sloppy in it is reported, when somebody wants to know. */
    DataSet decode(AcceptedContext context, byte[] dataSet) {
        DataSetCodec codec = new DataSetCodec(context.transferSyntax(), limits.codec());
        Optional<SloppinessReport> report = handlers.sloppiness();
        if (report.isEmpty()) {
            return codec.decode(dataSet);
        }
        ReadingNotes notes = new ReadingNotes();
        DataSet decoded = codec.decode(dataSet, notes);
        if (!notes.isEmpty()) {
            report.get().sloppy(peer, notes);
        }
        return decoded;
    }

    /** How many requests of ours may be outstanding. */
    int maxOperationsInvoked() {
        return agreement.maxOperationsInvoked();
    }

    /** How many requests of the peer we answer at a time. */
    int maxOperationsPerformed() {
        return agreement.maxOperationsPerformed();
    }
}
