package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.CommitmentReport;
import io.collimator.acceptance.peer.DcmjsModality;
import io.collimator.acceptance.peer.DcmjsModality.Offer;
import io.collimator.acceptance.peer.DcmtkTools;
import io.collimator.acceptance.peer.FreePort;
import io.collimator.acceptance.peer.OrthancPeer;
import io.collimator.acceptance.peer.ReferencedInstance;
import io.collimator.dicom.contract.Interoperability;
import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.data.AeTitle;
import io.collimator.simulators.PeerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orthanc as the archive, filled by DCMTK's storescu: it vouches for what it really holds. */
@Tag("peers")
class OrthancArchiveIT {

    private static final ReferencedInstance STORED = ReferencedInstance.ct("1.2.826.0.1.7.1");
    private static final ReferencedInstance NEVER_STORED = ReferencedInstance.ct("1.2.826.0.1.7.2");

    @TempDir
    private Path folder;

    @Test
    @Interoperability(service = Service.COMMITMENT, ours = Role.SCU, peer = "Orthanc")
    void what_orthanc_holds_is_committed_and_what_it_does_not_hold_fails() {
        PeerAddress collimator = PeerAddress.loopback(new AeTitle("COLLIMATOR"), FreePort.choose());
        DcmtkTools dcmtk = new DcmtkTools(folder);
        try (DcmjsModality modality = DcmjsModality.start("CT1", 0);
                OrthancPeer orthanc = OrthancPeer.start(folder, "ARCHIVE", List.of(collimator));
                EngineUnderTest engine = EngineUnderTest.start(
                        TestHome.create(folder)
                                .withModality(modality.address())
                                .withArchive(orthanc.address())
                                .withStation("CT", "CT1"),
                        Map.of(
                                "collimator.dicom.port",
                                String.valueOf(collimator.port()),
                                "collimator.custody.missing-delays-seconds",
                                "1"))) {
            modality.target(engine.dicom(), Offer.BOTH);
            assertThat(engine.send(Messages.order("ORT1")).code()).isEqualTo("AA");
            Path image = dcmtk.makeCtImage(Messages.studyOf("ORT1"), "1.2.826.0.1.7", STORED.instance(), "ORT1");
            assertThat(dcmtk.store("CT1", orthanc.address(), List.of(image)).exitCode())
                    .isZero();

            modality.requestCommitment("1.2.826.0.1.7.9.1", List.of(STORED), Duration.ZERO);
            CommitmentReport good = modality.awaitReport("1.2.826.0.1.7.9.1");
            modality.requestCommitment("1.2.826.0.1.7.9.2", List.of(STORED, NEVER_STORED), Duration.ZERO);
            CommitmentReport partial = modality.awaitReport("1.2.826.0.1.7.9.2");

            assertThat(good.committed()).containsExactly(STORED);
            assertThat(good.failed()).isEmpty();
            assertThat(partial.committed()).containsExactly(STORED);
            assertThat(partial.failed())
                    .extracting(ReferencedInstance::instance)
                    .containsExactly(NEVER_STORED.instance());
        }
    }
}
