package io.collimator.workflow.usecase;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.port.Accessions.Subject;
import io.collimator.workflow.port.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which accession a group means: two systems may have given the same number, and messages of one order do not always say
 * who gave theirs.
 */
final class MeantAccession {

    private MeantAccession() {}

    /**
     * The group with the accession number as it is stored: the same number and issuer; else that of the same order; else
     * that which the same sender gave; else one that a modality reported for the patient. Else the number is new.
     *
     * @throws OrderRefusedException 101 when several could be meant
     */
    static OrderGroup resolved(Session session, OrderGroup group) {
        AccessionNumber carried = group.newAccession().orElse(null);
        if (carried == null
                || (carried.issuer() != null
                        && session.accessions().find(carried).isPresent())) {
            return group;
        }
        List<Accession> candidates = session.accessions().ofNumber(carried.value()).stream()
                .filter(accession -> accession.number().mayBe(carried))
                .toList();
        return only(candidates, group, group::isOrderOf)
                .or(() -> only(candidates, group, accession -> isOfSender(session, accession, group)))
                .or(() ->
                        only(candidates, group, accession -> accession.number().equals(carried)))
                .or(() -> only(candidates, group, accession -> isReportedOf(accession, group)))
                .map(Accession::number)
                .filter(number -> !number.equals(carried))
                .map(group::withAccession)
                .orElse(group);
    }

    private static Optional<Accession> only(
            List<Accession> candidates, OrderGroup group, Predicate<Accession> condition) {
        List<Accession> found = candidates.stream().filter(condition).toList();
        if (found.size() > 1) {
            throw group.refusal(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    OrderField.ACCESSION_NUMBER,
                    "Accession number %s was given by %d systems and the message does not say by which; send its assigning authority, or set accession-authority for the sender (mapping/senders.yaml)."
                            .formatted(found.get(0).number(), found.size()));
        }
        return found.stream().findFirst();
    }

    private static boolean isOfSender(Session session, Accession accession, OrderGroup group) {
        return session.accessions()
                .lastWord(accession.number(), Subject.ORDER)
                .filter(word -> word.sender().equals(group.word().sender()))
                .isPresent();
    }

    /** Known from an MPPS alone, which seldom says who gave its numbers. */
    private static boolean isReportedOf(Accession accession, OrderGroup group) {
        PatientId patient = group.patient();
        return !accession.isOrdered()
                && accession.number().issuer() == null
                && patient != null
                && accession.patient().id().id().equals(patient.id());
    }
}
