package io.collimator.engine.wiring;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Problem;
import io.collimator.workflow.port.CommitmentPeers;
import java.util.List;
import java.util.Optional;

/** Whose word on images counts: a registered archive, a simulated one in the demo only. */
final class ArchiveTrust implements CommitmentPeers {

    private static final String KEY = "collimator.archive";

    private final AeTitle archive;
    private final ApplicationEntities peers;
    private final boolean demo;

    ArchiveTrust(AeTitle archive, ApplicationEntities peers, boolean demo) {
        this.archive = archive;
        this.peers = peers;
        this.demo = demo;
    }

    @Override
    public Optional<AeTitle> archive() {
        return peers.find(archive)
                .filter(entity -> entity.commitmentArchive() && (demo || !entity.simulated()))
                .map(ApplicationEntity::title);
    }

    @Override
    public boolean canReportTo(AeTitle requestor) {
        return peers.find(requestor).filter(ApplicationEntity::isReachable).isPresent();
    }

    /** What to say when nobody could vouch for images. */
    static List<Problem> warnings(EngineSettings settings, ApplicationEntities peers) {
        AeTitle title = settings.archive().archive();
        Optional<ApplicationEntity> archive = peers.find(title);
        if (archive.isEmpty() || !archive.get().commitmentArchive()) {
            return List.of(
                    warning(
                            title,
                            "is not registered with archive.commitment: true, so commitment requests are refused (0110H); register it."));
        }
        return archive.get().simulated()
                ? List.of(
                        warning(
                                title,
                                "is simulated, so no real archive is configured and commitment requests are refused (0110H); register yours."))
                : List.of();
    }

    static boolean isAbout(Problem warning) {
        return warning.field().equals(KEY);
    }

    private static Problem warning(AeTitle title, String fix) {
        return new Problem("config/application-entities.yaml", 0, KEY, title.value(), fix);
    }
}
