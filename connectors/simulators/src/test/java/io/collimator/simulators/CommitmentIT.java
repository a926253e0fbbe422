package io.collimator.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.simulators.archive.ArchiveEvent.ReportAnswered;
import io.collimator.simulators.archive.ArchiveEvent.ReportLost;
import io.collimator.simulators.archive.ArchiveSimulator;
import io.collimator.simulators.archive.Behaviour;
import io.collimator.simulators.archive.ReportWay;
import io.collimator.simulators.commitment.FailedInstance;
import io.collimator.simulators.commitment.InstanceReference;
import io.collimator.simulators.modality.ModalityEvent.CommitmentRequested;
import io.collimator.simulators.modality.ModalityEvent.ReportReceived;
import io.collimator.simulators.modality.ModalitySettings;
import io.collimator.simulators.modality.ModalitySimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The modality asks the archive, with nobody in between. */
class CommitmentIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");

    private final AtomicInteger uids = new AtomicInteger();
    private DicomProvider provider;
    private ModalitySimulator modality;
    private ArchiveSimulator archive;
    private List<InstanceReference> images;

    @BeforeEach
    void start() {
        provider = new NettyDicomProvider();
        modality = ModalitySimulator.start(
                provider,
                ModalitySettings.of(
                        new AeTitle("CT1"),
                        0,
                        Clock.systemUTC(),
                        () -> Uid.ofName("commitment " + uids.incrementAndGet())));
        archive = ArchiveSimulator.start(provider, ARCHIVE, 0);
        modality.target(archive.address());
        archive.reportTo(modality.address());
        images = modality.acquire(2).images();
    }

    @AfterEach
    void stop() {
        archive.close();
        modality.close();
        provider.close();
    }

    @Test
    void while_the_modality_holds_the_association_the_report_comes_on_it() {
        archive.holds(images);

        CommitmentRequested requested = modality.requestCommitment(images, PATIENCE);

        assertThat(requested.status()).isEqualTo(DimseStatus.SUCCESS);
        ReportReceived received = reportOf(requested);
        assertThat(received.newAssociation()).isFalse();
        assertThat(received.reporter()).isEqualTo(ARCHIVE);
        assertThat(received.report().committed()).isEqualTo(images);
        assertThat(received.report().failed()).isEmpty();
        assertThat(answered().status()).isEqualTo(DimseStatus.SUCCESS);
    }

    @Test
    void after_a_release_the_report_comes_on_a_new_association() {
        archive.holds(images);
        archive.behave(Behaviour.reporting(ReportWay.SAME_ELSE_NEW).after(Duration.ofMillis(300)));

        CommitmentRequested requested = modality.requestCommitment(images, Duration.ZERO);

        assertThat(reportOf(requested).newAssociation()).isTrue();
        assertThat(answered().newAssociation()).isTrue();
    }

    @Test
    void an_archive_may_prefer_a_new_association() {
        archive.holds(images);
        archive.behave(Behaviour.reporting(ReportWay.NEW_ASSOCIATION));

        CommitmentRequested requested = modality.requestCommitment(images, PATIENCE);

        assertThat(reportOf(requested).newAssociation()).isTrue();
    }

    @Test
    void the_archive_vouches_only_for_what_it_holds() {
        archive.holds(images.subList(0, 1));

        CommitmentRequested requested = modality.requestCommitment(images, PATIENCE);

        ReportReceived received = reportOf(requested);
        assertThat(received.report().committed()).isEqualTo(images.subList(0, 1));
        assertThat(received.report().failed())
                .containsExactly(new FailedInstance(images.get(1), FailedInstance.NO_SUCH_INSTANCE));
    }

    @Test
    void what_the_archive_loses_it_does_not_vouch_for_any_more() {
        archive.holds(images);
        archive.loses(images);

        CommitmentRequested requested = modality.requestCommitment(images, PATIENCE);

        assertThat(reportOf(requested).report().committed()).isEmpty();
    }

    @Test
    void an_archive_may_fail_an_instance_for_a_reason_of_its_own() {
        archive.holds(images);
        archive.behave(Behaviour.reporting(ReportWay.SAME_ASSOCIATION)
                .failing(Map.of(images.get(0).sopInstance(), 0x0131)));

        CommitmentRequested requested = modality.requestCommitment(images, PATIENCE);

        assertThat(reportOf(requested).report().failed()).containsExactly(new FailedInstance(images.get(0), 0x0131));
    }

    @Test
    void a_report_under_another_title_is_seen_as_such() {
        archive.behave(Behaviour.reporting(ReportWay.NEW_ASSOCIATION).under(new AeTitle("STRANGER")));

        CommitmentRequested requested = modality.requestCommitment(images, Duration.ZERO);

        assertThat(reportOf(requested).reporter()).isEqualTo(new AeTitle("STRANGER"));
    }

    @Test
    void a_refusing_or_silent_archive_reports_nothing() {
        archive.behave(Behaviour.reporting(ReportWay.SAME_ASSOCIATION).refusing(DimseStatus.of(0x0110)));
        CommitmentRequested refused = modality.requestCommitment(images, PATIENCE);
        archive.behave(Behaviour.reporting(ReportWay.SILENT));
        CommitmentRequested unanswered = modality.requestCommitment(images, Duration.ofMillis(200));

        assertThat(refused.status().code()).isEqualTo(0x0110);
        assertThat(unanswered.status()).isEqualTo(DimseStatus.SUCCESS);
        assertThat(modality.events().all(ReportReceived.class)).isEmpty();
    }

    @Test
    void a_report_that_the_modality_refuses_is_known_to_the_archive() {
        modality.answerReportsWith(DimseStatus.of(0x0110));

        CommitmentRequested requested = modality.requestCommitment(images, PATIENCE);

        assertThat(reportOf(requested).answer().code()).isEqualTo(0x0110);
        assertThat(answered().status().code()).isEqualTo(0x0110);
    }

    @Test
    void a_modality_that_is_off_gets_no_report_until_it_is_on_again() {
        archive.behave(Behaviour.reporting(ReportWay.NEW_ASSOCIATION));
        modality.stopListening();

        modality.requestCommitment(images, Duration.ZERO);
        assertThat(archive.events().await(ReportLost.class, lost -> true, PATIENCE))
                .isPresent();
        modality.listenAgain();
        CommitmentRequested second = modality.requestCommitment(images, Duration.ZERO);

        assertThat(reportOf(second).newAssociation()).isTrue();
    }

    private ReportReceived reportOf(CommitmentRequested requested) {
        return modality.awaitReport(requested.request().transaction(), PATIENCE).orElseThrow();
    }

    private ReportAnswered answered() {
        return archive.events()
                .await(ReportAnswered.class, answered -> true, PATIENCE)
                .orElseThrow();
    }
}
