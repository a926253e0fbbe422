package io.collimator.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.acceptance.peer.DcmjsArchive.Behaviour;
import io.collimator.acceptance.peer.DcmjsArchive.Unasked;
import io.collimator.acceptance.peer.DcmjsArchive.Way;
import io.collimator.acceptance.peer.DcmjsModality.Offer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peers among themselves: what they show about the engine counts only when they can tell right from wrong. */
@Tag("peers")
class TestPeersIT {

    private static final ReferencedInstance ONE = ReferencedInstance.ct("1.2.3.1");
    private static final ReferencedInstance TWO = ReferencedInstance.ct("1.2.3.2");

    @TempDir
    private Path folder;

    @Test
    void a_modality_that_holds_its_association_gets_the_report_on_it() {
        try (DcmjsArchive archive = DcmjsArchive.start("ARCHIVE", 0);
                DcmjsModality modality = DcmjsModality.start("CT1", 0)) {
            modality.target(archive.address(), Offer.EXPLICIT);

            PeerAnswer answer = modality.requestCommitment("1.2.9.1", List.of(ONE, TWO), Duration.ofSeconds(10));

            assertThat(answer.isSuccess()).isTrue();
            CommitmentReport report = modality.awaitReport("1.2.9.1");
            assertThat(report.newAssociation()).isFalse();
            assertThat(report.eventType()).isEqualTo(1);
            assertThat(report.committed()).containsExactly(ONE, TWO);
            assertThat(archive.awaitReported("1.2.9.1").isSuccess()).isTrue();
        }
    }

    @Test
    void a_modality_that_released_gets_the_report_on_a_new_association() {
        try (DcmjsArchive archive = DcmjsArchive.start("ARCHIVE", 0);
                DcmjsModality modality = DcmjsModality.start("CT1", 0)) {
            modality.target(archive.address(), Offer.IMPLICIT);
            archive.reportTo(modality.address());
            archive.behave(Behaviour.vouching(Way.NEW_ASSOCIATION).failing(Map.of("1.2.3.2", 0x0112)));

            modality.requestCommitment("1.2.9.2", List.of(ONE, TWO), Duration.ZERO);

            CommitmentReport report = modality.awaitReport("1.2.9.2");
            assertThat(report.newAssociation()).isTrue();
            assertThat(report.callingAeTitle()).isEqualTo("ARCHIVE");
            assertThat(report.eventType()).isEqualTo(2);
            assertThat(report.committed()).containsExactly(ONE);
            assertThat(report.failed())
                    .containsExactly(new ReferencedInstance(ReferencedInstance.CT_IMAGE_STORAGE, "1.2.3.2", 0x0112));
        }
    }

    @Test
    void a_report_without_the_scp_role_is_not_taken() {
        try (DcmjsArchive archive = DcmjsArchive.start("ARCHIVE", 0);
                DcmjsModality modality = DcmjsModality.start("CT1", 0)) {
            modality.target(archive.address(), Offer.BOTH);
            archive.reportTo(modality.address());
            archive.behaveWithoutRoleItem(Behaviour.vouching(Way.NEW_ASSOCIATION));

            modality.requestCommitment("1.2.9.3", List.of(ONE), Duration.ZERO);

            assertThat(archive.awaitReported("1.2.9.3").outcome()).isEqualTo("context-rejected");
            assertThat(modality.reports()).isEmpty();
        }
    }

    @Test
    void a_modality_can_refuse_a_report_and_be_out_of_reach() {
        try (DcmjsArchive archive = DcmjsArchive.start("ARCHIVE", 0);
                DcmjsModality modality = DcmjsModality.start("CT1", 0)) {
            archive.reportTo(modality.address());
            Unasked report = new Unasked("1.2.9.4", List.of(ONE), List.of(), "ARCHIVE");
            modality.answerReportsWith(0x0110);

            PeerAnswer refused = archive.report(report, "CT1");
            PeerAnswer wrongTitle = archive.report(report, "CT2");
            modality.stopListening();
            PeerAnswer unreachable = archive.report(report, "CT1");

            assertThat(refused.status()).isEqualTo(0x0110);
            assertThat(wrongTitle.rejection()).isEqualTo("1/1/7");
            assertThat(unreachable.outcome()).isEqualTo("closed");
        }
    }

    @Test
    void orthanc_vouches_for_what_dcmtk_stored_and_for_nothing_else() {
        DcmtkTools dcmtk = new DcmtkTools(folder);
        try (DcmjsModality modality = DcmjsModality.start("CT1", 0);
                OrthancPeer orthanc = OrthancPeer.start(folder, "ARCHIVE", List.of(modality.address()))) {
            modality.target(orthanc.address(), Offer.BOTH);
            Path image = dcmtk.makeCtImage("1.2.3", "1.2.3.0", "1.2.3.1", "A1");

            assertThat(dcmtk.echo("CT1", orthanc.address()).exitCode()).isZero();
            assertThat(dcmtk.store("CT1", orthanc.address(), List.of(image)).exitCode())
                    .isZero();
            modality.requestCommitment("1.2.9.5", List.of(ONE, TWO), Duration.ZERO);

            CommitmentReport report = modality.awaitReport("1.2.9.5");
            assertThat(report.newAssociation()).isTrue();
            assertThat(report.committed()).containsExactly(ONE);
            assertThat(report.failed()).extracting(ReferencedInstance::instance).containsExactly("1.2.3.2");
            JsonNode statistics = orthanc.get("/statistics");
            assertThat(statistics.path("CountInstances").asInt()).isEqualTo(1);
        }
    }
}
