package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.util.List;
import java.util.Optional;

/** Tells in the timeline that a peer got an entry of the worklist transliterated, once an accession and peer. Thread-safe. */
public final class RecordTransliteration {

    private static final String KIND = "worklist.transliterated";

    private final Transactions transactions;
    private final Notices notices;

    public RecordTransliteration(Transactions transactions, Notices notices) {
        this.transactions = transactions;
        this.notices = notices;
    }

    /**
     * An entry that was transliterated.
     *
     * @param accession as the entry holds it
     * @param how for people: which attributes, for which character set; no patient data
     */
    public record Transliterated(AccessionNumber accession, AeTitle peer, String how) {

        /** The accession number of an entry of the worklist. */
        public static AccessionNumber accessionOf(DataSet entry) {
            return new AccessionNumber(
                    entry.text(Tags.AccessionNumber),
                    AssigningAuthority.ofIssuer(entry, Tags.IssuerOfAccessionNumberSequence)
                            .map(AssigningAuthority::key)
                            .orElse(null));
        }
    }

    /**
     * Records it, unless the timeline says so already, or the accession is not there any more.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now
     */
    public void record(Transliterated entry) {
        String begin = entry.peer() + " got ";
        transactions.run(session -> stored(session, entry.accession())
                .flatMap(number -> session.accessions().lock(number))
                .map(Accession::number)
                .filter(number -> session.timeline().of(number).stream()
                        .noneMatch(line ->
                                line.kind().equals(KIND) && line.summary().startsWith(begin)))
                .ifPresent(number -> notices.timeline(session, number, KIND, begin + entry.how())));
    }

    /** An entry does not always say who gave its number. */
    private static Optional<AccessionNumber> stored(Session session, AccessionNumber stated) {
        List<AccessionNumber> possible = session.accessions().ofNumber(stated.value()).stream()
                .map(Accession::number)
                .filter(stated::mayBe)
                .toList();
        return possible.size() == 1
                ? Optional.of(possible.get(0))
                : possible.stream().filter(stated::equals).findFirst();
    }
}
