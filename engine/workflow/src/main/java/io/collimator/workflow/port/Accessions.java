package io.collimator.workflow.port;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.SentFields;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accessions. */
public interface Accessions {

    /** What can be said of an accession; an old word on one subject does not outdate another. */
    enum Subject {
        ORDER,
        APPOINTMENT
    }

    Optional<Accession> find(AccessionNumber number);

    /**
     * Every authority that stands with an accession: of its patient and its number by key, of its order numbers as these
     * are stored; ascending.
     */
    SortedSet<String> issuers();

    /** The accessions that one of these stands with, ascending. */
    List<AccessionNumber> ofIssuers(Collection<String> issuers);

    /**
     * Gives an accession, and all that stands under it, another number that nobody has. What was read of it in this
     * transaction before counts no more.
     */
    void rename(AccessionNumber from, AccessionNumber to);

    /** Accessions with this number, whoever gave it, by issuer. */
    List<Accession> ofNumber(String number);

    /**
     * Finds an accession and locks its row to the end of the transaction. Whoever writes to an accession, its steps,
     * custody or notices takes this lock first: it makes outbox order commit order. Lock several in ascending order.
     */
    Optional<Accession> lock(AccessionNumber number);

    /** Accessions of the order with this filler number and namespace. */
    List<Accession> ofFiller(OrderNumber filler);

    /** Accessions of the order with this placer number and namespace. */
    List<Accession> ofPlacer(OrderNumber placer);

    /** Accessions of the orders with this filler number or this placer number, as far as given, each once. */
    default List<Accession> ofOrder(@Nullable OrderNumber filler, @Nullable OrderNumber placer) {
        return Stream.concat(
                        filler == null ? Stream.empty() : ofFiller(filler).stream(),
                        placer == null ? Stream.empty() : ofPlacer(placer).stream())
                .distinct()
                .toList();
    }

    /** Accessions with this Study Instance UID. */
    List<Accession> ofStudy(Uid studyInstanceUid);

    /** What was last said of the accession on this subject; the accession must have been found in this transaction. */
    Optional<LastWord> lastWord(AccessionNumber number, Subject subject);

    /** Keeps what was last said of an accession that is there, or is saved later in this transaction. */
    void heard(AccessionNumber number, Subject subject, LastWord word);

    /** The order above the accession's; the accession must have been found in this transaction. */
    Optional<OrderedStep.ParentOrder> parent(AccessionNumber number);

    /** Keeps the order above that of an accession that is there, or is saved later in this transaction. */
    void adopt(AccessionNumber number, OrderedStep.ParentOrder parent);

    /** What statuses repeat of the accession's order, as it was sent; none when nothing was kept. */
    SentFields sent(AccessionNumber number);

    /** Keeps what statuses repeat of an accession that is there, or is saved later in this transaction. */
    void keep(AccessionNumber number, SentFields sent);

    /** When the timeline of an accession was forgotten, and of its steps all but who and what; empty: never. */
    Optional<Instant> forgottenAt(AccessionNumber number);

    /** Accessions of patients with this ID, whatever its issuer, ascending; as committed at this moment. */
    List<Accession> ofPatientId(String patientId);

    /** Inserts or updates. A concurrent insert of the same number makes the transaction run again. */
    void save(Accession accession);
}
