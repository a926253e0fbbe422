package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an entry, or a message about one, says is to be done (HL7 v2.5.1 §4.5.3.4 OBR-4, §10.6.4.3 AIS-3; IPC): finds the
 * steps that a message means without naming them.
 *
 * @param ids Study Instance UID and Requested Procedure ID
 * @param codes of the requested procedure
 * @param texts of the requested procedure, else of the step, in upper case
 * @param protocols codes of the scheduled protocol
 */
record OrderedProcedure(Set<String> ids, Set<String> codes, Set<String> texts, Set<String> protocols) {

    static OrderedProcedure of(DataSet entry) {
        DataSet item = entry.item(Tags.ScheduledProcedureStepSequence);
        return new OrderedProcedure(
                texts(entry, Tags.StudyInstanceUID, Tags.RequestedProcedureID).collect(Collectors.toSet()),
                codes(entry, Tags.RequestedProcedureCodeSequence),
                texts(entry, Tags.RequestedProcedureDescription)
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                codes(item, Tags.ScheduledProtocolCodeSequence));
    }

    private static Stream<String> texts(DataSet dataSet, Tag... tags) {
        return Stream.of(tags).map(tag -> dataSet.text(tag).strip()).filter(text -> !text.isEmpty());
    }

    /** Without the scheme: a message may leave out which one it is in. */
    private static Set<String> codes(DataSet dataSet, Tag sequence) {
        return dataSet.items(sequence).stream()
                .map(code -> code.text(Tags.CodeValue).strip())
                .filter(code -> !code.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The same without the IDs, for what is said of one procedure and meant for all of its study. */
    OrderedProcedure withoutIds() {
        return new OrderedProcedure(Set.of(), codes, texts, protocols);
    }

    /** Whether nothing tells what is to be done. */
    boolean isSilent() {
        return codes.isEmpty() && texts.isEmpty() && protocols.isEmpty();
    }

    /** A step that may be meant, with what is to be done for it. */
    record Candidate(AccessionDraft draft, ScheduledStep step, OrderedProcedure procedure) {

        static Candidate of(AccessionDraft draft, ScheduledStep step) {
            return new Candidate(draft, step, OrderedProcedure.of(step.dataSet()));
        }
    }

    /**
     * Those that are meant, in their order; none when nothing says so. What is said last of one counts least: its IDs before
     * its code, that before its text, and a protocol only tells them apart.
     */
    List<Candidate> meant(List<Candidate> candidates) {
        List<Candidate> byId =
                only(candidates, other -> !ids.isEmpty() && other.ids().containsAll(ids));
        List<Candidate> byProcedure = only(byId.isEmpty() ? candidates : byId, this::isSameAs);
        boolean namesProcedure = !codes.isEmpty() || !texts.isEmpty();
        boolean isAnother = byProcedure.isEmpty() && namesProcedure && byId.size() > 1;
        List<Candidate> meant = !byProcedure.isEmpty() ? byProcedure : isAnother ? List.of() : byId;
        List<Candidate> byProtocol = only(
                meant.isEmpty() && !namesProcedure ? candidates : meant,
                other -> !protocols.isEmpty() && protocols.equals(other.protocols()));
        return byProtocol.isEmpty() ? meant : byProtocol;
    }

    /** The same, but those that have ended only where no other one is meant. */
    List<Candidate> lastingMeant(List<Candidate> candidates) {
        List<Candidate> meant = meant(candidates);
        List<Candidate> lasting = meant.stream()
                .filter(candidate -> !candidate.step().status().isEnded())
                .toList();
        return lasting.isEmpty() ? meant : lasting;
    }

    /** The code where both have one, else the text. */
    private boolean isSameAs(OrderedProcedure other) {
        boolean isTextOnly = codes.isEmpty() || other.codes.isEmpty();
        return isTextOnly
                ? texts.stream().anyMatch(other.texts::contains)
                : codes.stream().anyMatch(other.codes::contains);
    }

    private static List<Candidate> only(List<Candidate> candidates, Predicate<OrderedProcedure> predicate) {
        return candidates.stream()
                .filter(candidate -> predicate.test(candidate.procedure()))
                .toList();
    }
}
