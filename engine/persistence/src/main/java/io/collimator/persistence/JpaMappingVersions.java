package io.collimator.persistence;

import io.collimator.workflow.port.MappingVersions;
import io.collimator.workflow.version.MappingVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.Session;

/** Versions of the mapping by JPA. */
final class JpaMappingVersions implements MappingVersions {

    private final Session session;

    JpaMappingVersions(Session session) {
        this.session = session;
    }

    @Override
    public Optional<MappingVersion> newest() {
        return session.createSelectionQuery(
                        "from MappingVersionEntity order by number desc", MappingVersionEntity.class)
                .setMaxResults(1)
                .uniqueResultOptional()
                .map(this::withFiles);
    }

    @Override
    public Optional<MappingVersion> find(int number) {
        return Optional.ofNullable(session.find(MappingVersionEntity.class, number))
                .map(this::withFiles);
    }

    @Override
    public List<MappingVersion> list(int before, int max) {
        return session
                .createSelectionQuery(
                        "from MappingVersionEntity where number < :before order by number desc",
                        MappingVersionEntity.class)
                .setParameter("before", before)
                .setMaxResults(max)
                .list()
                .stream()
                .map(version -> version.toVersion(Map.of()))
                .toList();
    }

    @Override
    public void add(MappingVersion version) {
        session.persist(new MappingVersionEntity(version));
        session.flush();
        version.files()
                .forEach((name, content) ->
                        session.persist(new MappingVersionFileEntity(version.number(), name, content)));
    }

    @Override
    public void removeBefore(int number) {
        session.createMutationQuery("delete from MappingVersionFileEntity f where f.version < :number")
                .setParameter("number", number)
                .executeUpdate();
        session.createMutationQuery("delete from MappingVersionEntity where number < :number")
                .setParameter("number", number)
                .executeUpdate();
    }

    private MappingVersion withFiles(MappingVersionEntity version) {
        Map<String, String> files = new TreeMap<>();
        session.createSelectionQuery(
                        "from MappingVersionFileEntity f where f.version = :number", MappingVersionFileEntity.class)
                .setParameter("number", version.number())
                .list()
                .forEach(file -> files.put(file.name(), file.content()));
        return version.toVersion(files);
    }
}
