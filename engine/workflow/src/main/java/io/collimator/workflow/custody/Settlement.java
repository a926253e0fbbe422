package io.collimator.workflow.custody;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.custody.CommitmentItem.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What a report means for a batch: success and failure are final, except that "no such instance" stays open while the
 * archive may still be asked again; what the report does not mention stays open; what was not asked is ignored.
 *
 * @param changed items with their new outcome or reason
 * @param heard items that the archive spoke of, as it spoke: its last word on each
 * @param open how many are open afterwards
 */
public record Settlement(List<CommitmentItem> changed, List<CommitmentItem> heard, int open) {

    /**
     * Applies a report.
     *
     * @param batch every item of the batch
     * @param askAgain whether a missing instance will be asked for once more
     */
    public static Settlement of(List<CommitmentItem> batch, ArchiveReport report, boolean askAgain) {
        List<CommitmentItem> changed = new ArrayList<>();
        List<CommitmentItem> heard = new ArrayList<>();
        int open = 0;
        for (CommitmentItem item : batch) {
            if (item.outcome() == Outcome.COMMITTED || item.outcome() == Outcome.FAILED) {
                continue;
            }
            CommitmentItem word = wordOn(item, report);
            if (word.outcome() != Outcome.OPEN) {
                heard.add(word);
            }
            if (item.isOpen()) {
                CommitmentItem after = after(item, word, askAgain);
                if (!after.equals(item)) {
                    changed.add(after);
                }
                open += after.isOpen() ? 1 : 0;
            }
        }
        return new Settlement(changed, heard, open);
    }

    private static CommitmentItem after(CommitmentItem item, CommitmentItem word, boolean askAgain) {
        if (word.outcome() == Outcome.FAILED && word.reason() == FailureReason.NO_SUCH_INSTANCE && askAgain) {
            return item.withReason(word.reason());
        }
        return word.outcome() == Outcome.OPEN ? item : word;
    }

    private static CommitmentItem wordOn(CommitmentItem item, ArchiveReport report) {
        Uid uid = item.instance().sopInstance();
        Integer reason = report.failed().get(uid);
        if (reason != null) {
            return item.settled(Outcome.FAILED, reason);
        }
        return report.committed().contains(uid)
                ? item.settled(Outcome.COMMITTED, 0)
                : item.settled(Outcome.OPEN, item.reason());
    }
}
