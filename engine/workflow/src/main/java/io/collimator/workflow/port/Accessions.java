package io.collimator.workflow.port;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import java.util.List;
import java.util.Optional;

/** Accessions. */
public interface Accessions {

    Optional<Accession> find(AccessionNumber number);

    /**
     * Finds an accession and locks its row to the end of the transaction. Whoever writes to an accession, its steps,
     * custody or notices takes this lock first: it makes outbox order commit order. Lock several in ascending order.
     */
    Optional<Accession> lock(AccessionNumber number);

    /** Accessions of the order with this filler number and namespace. */
    List<Accession> ofFiller(OrderNumber filler);

    /** Accessions of the order with this placer number and namespace. */
    List<Accession> ofPlacer(OrderNumber placer);

    /** Accessions with this Study Instance UID. */
    List<Accession> ofStudy(Uid studyInstanceUid);

    /** Inserts or updates. A concurrent insert of the same number makes the transaction run again. */
    void save(Accession accession);
}
