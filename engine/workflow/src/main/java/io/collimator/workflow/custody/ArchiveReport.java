package io.collimator.workflow.custody;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The event information of a commitment report (PS3.4 §J.3.3.1.1). The two sequences count, not the event type; an
 * instance in both has failed.
 *
 * @param committed instances in ReferencedSOPSequence only
 * @param failed instances in FailedSOPSequence with their reasons
 * @param retrieveAe RetrieveAETitle at top level
 */
public record ArchiveReport(Set<Uid> committed, Map<Uid, Integer> failed, Optional<AeTitle> retrieveAe) {

    public ArchiveReport {
        committed = Set.copyOf(committed);
        failed = Map.copyOf(failed);
    }

    public static ArchiveReport of(DataSet information) {
        Map<Uid, Integer> failed = new HashMap<>();
        for (DataSet item : information.items(Tags.FailedSOPSequence)) {
            int reason = (int) item.integer(Tags.FailureReason).orElse(0) & 0xFFFF;
            Uid.parse(item.text(Tags.ReferencedSOPInstanceUID))
                    .ifPresent(uid -> failed.put(uid, reason == 0 ? FailureReason.PROCESSING_FAILURE : reason));
        }
        Set<Uid> committed = new HashSet<>();
        for (DataSet item : information.items(Tags.ReferencedSOPSequence)) {
            Uid.parse(item.text(Tags.ReferencedSOPInstanceUID))
                    .filter(uid -> !failed.containsKey(uid))
                    .ifPresent(committed::add);
        }
        return new ArchiveReport(committed, failed, AeTitle.parse(information.text(Tags.RetrieveAETitle)));
    }

    /** The Transaction UID that the information names; empty when it is missing or malformed. */
    public static Optional<Uid> transactionOf(DataSet information) {
        return Uid.parse(information.text(Tags.TransactionUID));
    }
}
