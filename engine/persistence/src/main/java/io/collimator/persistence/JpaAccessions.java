package io.collimator.persistence;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.port.Accessions;
import jakarta.persistence.LockModeType;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Accessions by JPA. */
final class JpaAccessions implements Accessions {

    private final Session session;

    /** Looked for and not there: inserted when saved, so that whoever came first meanwhile is not overwritten. */
    private final Set<AccessionNumber> absent = new HashSet<>();

    JpaAccessions(Session session) {
        this.session = session;
    }

    @Override
    public Optional<Accession> find(AccessionNumber number) {
        return Optional.ofNullable(entity(number)).map(AccessionEntity::toAccession);
    }

    @Override
    public Optional<Accession> lock(AccessionNumber number) {
        @Nullable AccessionEntity known = entity(number);
        if (known == null) {
            return Optional.empty();
        }
        // what was read before the lock may be outdated: read it again under the lock
        session.flush();
        session.refresh(known, LockModeType.PESSIMISTIC_WRITE);
        return Optional.of(known.toAccession());
    }

    @Override
    public List<Accession> ofFiller(OrderNumber filler) {
        return session
                .createSelectionQuery(
                        "from AccessionEntity where fillerNumber = :number order by number", AccessionEntity.class)
                .setParameter("number", ColumnText.storable(filler.number()))
                .list()
                .stream()
                .map(AccessionEntity::toAccession)
                .filter(accession -> Objects.equals(accession.filler(), filler))
                .toList();
    }

    @Override
    public List<Accession> ofPlacer(OrderNumber placer) {
        return session
                .createSelectionQuery(
                        "from AccessionEntity where placerNumber = :number order by number", AccessionEntity.class)
                .setParameter("number", ColumnText.storable(placer.number()))
                .list()
                .stream()
                .map(AccessionEntity::toAccession)
                .filter(accession -> Objects.equals(accession.placer(), placer))
                .toList();
    }

    @Override
    public List<Accession> ofStudy(Uid studyInstanceUid) {
        return session
                .createSelectionQuery(
                        "from AccessionEntity where studyInstanceUid = :uid order by number", AccessionEntity.class)
                .setParameter("uid", studyInstanceUid.value())
                .list()
                .stream()
                .map(AccessionEntity::toAccession)
                .toList();
    }

    @Override
    public void save(Accession accession) {
        AccessionNumber number = accession.number();
        @Nullable AccessionEntity known = absent.contains(number) ? null : entity(number);
        if (known == null) {
            AccessionEntity added = new AccessionEntity(number);
            added.apply(accession);
            session.persist(added);
            absent.remove(number);
        } else {
            known.apply(accession);
        }
    }

    private @Nullable AccessionEntity entity(AccessionNumber number) {
        @Nullable AccessionEntity found = session.find(AccessionEntity.class, number.value());
        if (found == null) {
            absent.add(number);
        }
        return found;
    }
}
