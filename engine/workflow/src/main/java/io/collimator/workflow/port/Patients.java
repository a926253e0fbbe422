package io.collimator.workflow.port;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Patient records and the numbers that they were known by before.
 *
 * <p>A number finds the record or alias with exactly this ID and issuer. An alias leads to its survivor, never to another
 * alias.
 *
 * <p>Lock order of every transaction: patients ascending, then commitment requests, then accessions ascending. So an order
 * for a number and the merge of that number cannot miss each other: whoever comes second waits, and then finds the record
 * or the alias that the first one left. Where both insert, the unique key makes one of them run again.
 */
public interface Patients {

    /** The record that the number leads to; not locked, but as committed at this moment. */
    Optional<PatientRecord> find(PatientId id);

    /** The number that the patient is known by now; the same when nothing is known of it. */
    default PatientId resolve(PatientId id) {
        return find(id).map(PatientRecord::id).orElse(id);
    }

    /**
     * Finds records and locks them, and the aliases passed on the way, to the end of the transaction.
     *
     * @return by the number asked for; those without a record are absent
     */
    SortedMap<PatientId, PatientRecord> lock(Collection<PatientId> ids);

    /** Whether the number leads to a record through an alias. */
    boolean isAlias(PatientId id);

    /** Every record and alias with this ID, whoever gave it, by issuer. */
    List<Known> ofId(String id);

    /** Keys of every authority that some number of a patient is stored under, ascending. */
    SortedSet<String> issuers();

    /** Every record and alias whose number this authority gave, ascending. */
    List<PatientId> ofIssuer(String issuer);

    /**
     * A number that is known.
     *
     * @param record that it leads to
     * @param isOld whether it was stored before issuers were told apart, without one that can be compared
     */
    record Known(PatientId number, PatientRecord record, boolean isOld) {}

    /**
     * Gives a locked record or alias, and all that stands under its number, another number that nobody has.
     */
    void rename(PatientId from, PatientId to);

    /** Inserts at once. A concurrent insert of the same number makes the transaction run again. */
    void add(PatientRecord patient);

    /** Updates a locked record. */
    void update(PatientRecord patient);

    /**
     * Makes a number an alias of the survivor, and with it every alias of that number. The prior record, if there is one, is
     * gone. Both are locked; the survivor has a record.
     */
    void merge(PatientId prior, PatientId survivor, Merge merge);

    /**
     * Takes a merge back: the alias is a record again, with what was known of it before, and the aliases that it had lead
     * to it. Its accessions stay where they are. The alias is locked.
     *
     * @return empty when the number is no alias
     */
    Optional<Unmerged> unmerge(PatientId prior);

    /**
     * A merge that was taken back.
     *
     * @param record of the number that is on its own again; without attributes when they were not kept
     * @param at when it was merged, null when that was not kept
     * @param accessions that stood under it then
     */
    record Unmerged(
            PatientRecord record,
            PatientId survivor,
            @Nullable Instant at,
            List<AccessionNumber> accessions) {

        public Unmerged {
            accessions = List.copyOf(accessions);
        }
    }

    /**
     * What made a number an alias.
     *
     * @param controlId MSH-10
     */
    record Merge(Instant at, String sender, String controlId) {}

    /** The numbers that lead to this record, ascending. */
    List<PatientId> aliasesOf(PatientId survivor);

    /** The message time of the newest update of this sender that was applied to the record. */
    Optional<Instant> lastApplied(PatientId patient, String sender);

    /** Remembers the message time of an update that was applied to a locked record. */
    void applied(PatientId patient, String sender, Instant messageAt);
}
