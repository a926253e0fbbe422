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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
        int position = 0;
        for (Pair pair : message.pairs()) {
            pairs.addAll(of(pair, ++position, message));
        }
        return pairs;
    }

    private static List<NumberedPair> of(Pair pair, int position, MergeMessage message) {
        PatientId preferred = pair.survivor();
        if (preferred == null) {
            throw new OrderRefusedException(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    new Location("PID", position, 3),
                    "PID-3 brings no patient ID, so nobody knows who survives the merge; send it.");
        }
        if (pair.priors().isEmpty()) {
            throw new OrderRefusedException(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    new Location("MRG", position, 1),
                    "MRG-1 brings no patient ID, so nobody knows what to merge; send it.");
        }
        List<NumberedPair> pairs = new ArrayList<>();
        for (PatientId prior : pair.priors()) {
            pairs.add(new NumberedPair(
                    position,
                    message.kind(),
                    survivorOf(prior, preferred, pair, message)
                            .orElseThrow(() -> otherAuthority(position, prior, preferred)),
                    prior,
                    pair.identifiers(),
                    pair.attributes()));
        }
        // a number that stays, beside one that is given up, is no merge
        List<NumberedPair> merges = pairs.stream()
                .filter(numbered -> !numbered.survivor().equals(numbered.prior()))
                .toList();
        if (merges.isEmpty()) {
            throw pairs.get(0).refusalOfPrior("MRG-1 is the number of PID-3; a number cannot be merged into itself.");
        }
        return merges;
    }

    /** The repetition of PID-3 that the prior number's own authority gave. */
    private static Optional<PatientId> survivorOf(
            PatientId prior, PatientId preferred, Pair pair, MergeMessage message) {
        return Stream.concat(Stream.of(preferred), pair.identifiers().stream())
                .filter(identifier -> Objects.equals(identifier.issuer(), prior.issuer()))
                .findFirst()
                .or(() -> message.acrossAuthorities() ? Optional.of(preferred) : Optional.empty());
    }

    private static OrderRefusedException otherAuthority(int position, PatientId prior, PatientId preferred) {
        return new OrderRefusedException(
                OrderRefusedException.UNKNOWN_KEY,
                new Location("MRG", position, 1),
                "MRG-1 names authority %s and no repetition of PID-3 does (it names %s), so nothing was merged: a number is merged within its authority. Correct one of them, or set merge-across-authorities: allow for the sender (mapping/senders.yaml)."
                        .formatted(PatientAuthorities.nameOf(prior), PatientAuthorities.nameOf(preferred)));
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
