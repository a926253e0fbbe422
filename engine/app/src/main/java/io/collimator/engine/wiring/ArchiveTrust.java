package io.collimator.engine.wiring;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.config.Archives;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Problem;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.port.CommitmentPeers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whose word on images counts: the registered archive that keeps them, a simulated one in the demo only. */
final class ArchiveTrust implements CommitmentPeers {

    private static final String KEY = "collimator.archive";

    private final AeTitle usual;
    private final Archives archives;
    private final ApplicationEntities peers;
    private final boolean demo;

    /** @param usual for requests of which no row of the table speaks */
    ArchiveTrust(AeTitle usual, Archives archives, ApplicationEntities peers, boolean demo) {
        this.usual = usual;
        this.archives = archives;
        this.peers = peers;
        this.demo = demo;
    }

    @Override
    public Optional<AeTitle> archiveFor(AeTitle requestor, Supplier<List<SentFields>> orders) {
        AeTitle chosen = archives.ofStation(peers.registered(requestor))
                .or(() -> bySender(orders))
                .orElse(usual);
        return peers.find(chosen)
                .filter(entity -> entity.commitmentArchive() && (demo || !entity.simulated()))
                .map(ApplicationEntity::title);
    }

    private Optional<AeTitle> bySender(Supplier<List<SentFields>> orders) {
        return archives.nameSenders()
                ? orders.get().stream()
                        .flatMap(order -> archives.ofOrder(order).stream())
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public boolean canReportTo(AeTitle requestor) {
        return peers.find(requestor).filter(ApplicationEntity::isReachable).isPresent();
    }

    /** What to say when nobody could vouch for images. */
    static List<Problem> warnings(EngineSettings settings, ApplicationEntities peers, Archives archives) {
        List<Problem> warnings = new ArrayList<>();
        AeTitle title = settings.archive().archive();
        Optional<ApplicationEntity> archive = peers.find(title);
        if (archive.isEmpty() || !archive.get().commitmentArchive()) {
            warnings.add(
                    warning(
                            title,
                            "is not registered with archive.commitment: true, so commitment requests are refused (0110H); register it."));
        } else if (archive.get().simulated()) {
            warnings.add(
                    warning(
                            title,
                            "is simulated, so no real archive is configured and commitment requests are refused (0110H); register yours."));
        }
        archives.rows().stream()
                .filter(row -> peers.find(row.archive())
                        .filter(ApplicationEntity::simulated)
                        .isPresent())
                .map(
                        row -> new Problem(
                                "config/archives.yaml",
                                row.line(),
                                row.field(),
                                "",
                                "is simulated, so no real archive is configured for its stations and senders and their commitment requests are refused (0110H); register yours."))
                .forEach(warnings::add);
        return warnings;
    }

    static boolean isAbout(Problem warning) {
        return warning.field().equals(KEY) || warning.file().equals("config/archives.yaml");
    }

    private static Problem warning(AeTitle title, String fix) {
        return new Problem("config/application-entities.yaml", 0, KEY, title.value(), fix);
    }
}
