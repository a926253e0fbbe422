package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.OrderRefusedException.Location;
import io.collimator.workflow.patient.MergeMessage;
import io.collimator.workflow.patient.MergeMessage.Kind;
import io.collimator.workflow.patient.MergeMessage.Pair;
import io.collimator.workflow.patient.PatientId;
import java.util.ArrayList;
import java.util.List;

/**
 * A pair of a merge message with both numbers.
 *
 * @param position in the message, from 1
 */
record NumberedPair(
        int position, Kind kind, PatientId survivor, PatientId prior, List<PatientId> identifiers, DataSet attributes) {

    /** Reads the pairs; whatever is wrong with them alone is refused here. */
    static List<NumberedPair> of(MergeMessage message) {
        if (message.pairs().isEmpty()) {
            throw new OrderRefusedException(
                    OrderRefusedException.SEGMENT_SEQUENCE_ERROR,
                    new Location("PID", 1, 3),
                    "The message has no PID with an MRG, so there is nothing to merge; send them.");
        }
        List<NumberedPair> pairs = new ArrayList<>();
        for (Pair pair : message.pairs()) {
            pairs.add(of(pair, pairs.size() + 1, message.kind()));
        }
        return pairs;
    }

    private static NumberedPair of(Pair pair, int position, Kind kind) {
        PatientId survivor = pair.survivor();
        if (survivor == null) {
            throw new OrderRefusedException(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    new Location("PID", position, 3),
                    "PID-3 brings no patient ID, so nobody knows who survives the merge; send it.");
        }
        PatientId prior = pair.prior();
        if (prior == null) {
            throw new OrderRefusedException(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    new Location("MRG", position, 1),
                    "MRG-1 brings no patient ID, so nobody knows what to merge; send it.");
        }
        NumberedPair numbered =
                new NumberedPair(position, kind, survivor, prior, pair.identifiers(), pair.attributes());
        if (survivor.equals(prior)) {
            throw numbered.refusalOfPrior("MRG-1 is the number of PID-3; a number cannot be merged into itself.");
        }
        return numbered;
    }

    OrderRefusedException refusalOfPrior(String text) {
        return new OrderRefusedException(OrderRefusedException.DUPLICATE_KEY, new Location("MRG", position, 1), text);
    }

    OrderRefusedException refusalOfSurvivor(String text) {
        return new OrderRefusedException(OrderRefusedException.DUPLICATE_KEY, new Location("PID", position, 3), text);
    }

    /** Says nothing of the patient. */
    @Override
    public String toString() {
        return "NumberedPair[" + position + ", " + kind + "]";
    }
}
