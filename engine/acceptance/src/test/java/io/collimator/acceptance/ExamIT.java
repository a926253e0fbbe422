package io.collimator.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Messages;
import io.collimator.acceptance.engine.QueueReader;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.acceptance.peer.CommitmentReport;
import io.collimator.acceptance.peer.DcmjsArchive;
import io.collimator.acceptance.peer.DcmjsArchive.Behaviour;
import io.collimator.acceptance.peer.DcmjsArchive.Unasked;
import io.collimator.acceptance.peer.DcmjsArchive.Way;
import io.collimator.acceptance.peer.DcmjsModality;
import io.collimator.acceptance.peer.DcmjsModality.Offer;
import io.collimator.acceptance.peer.DcmjsModality.Series;
import io.collimator.acceptance.peer.PeerAnswer;
import io.collimator.acceptance.peer.ReferencedInstance;
import io.collimator.dicom.contract.Interoperability;
import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import io.collimator.dicom.contract.Interoperability.Syntax;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MPPS and storage commitment, driven by dcmjs-dimse as modality and as archive, seen by API and queues. */
@Tag("peers")
class ExamIT {

    private static final Duration HOLD = Duration.ofSeconds(15);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static DcmjsModality modality;
    private static DcmjsArchive archive;
    private static EngineUnderTest engine;
    private static QueueReader queues;
    private static EngineApi api;

    @BeforeAll
    static void start() {
        modality = DcmjsModality.start("CT1", 0);
        archive = DcmjsArchive.start("ARCHIVE", 0);
        engine = EngineUnderTest.start(TestHome.create(folder)
                .withModality(modality.address())
                .withArchive(archive.address())
                .withStation("CT", "CT1"));
        queues = engine.queues();
        api = engine.api();
        modality.target(engine.dicom(), Offer.BOTH);
        archive.reportTo(engine.dicom());
    }

    @AfterAll
    static void stop() {
        queues.close();
        engine.close();
        archive.close();
        modality.close();
    }

    @Test
    @Interoperability(
            service = Service.WORKLIST,
            ours = Role.SCP,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.EXPLICIT})
    @Interoperability(
            service = Service.PERFORMED_STEP,
            ours = Role.SCP,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.EXPLICIT})
    @Interoperability(
            service = Service.COMMITMENT,
            ours = Role.SCP,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.EXPLICIT})
    @Interoperability(
            service = Service.COMMITMENT,
            ours = Role.SCU,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.EXPLICIT})
    void an_exam_ends_completed_and_committed() {
        Exam exam = Exam.ordered("EX1");
        archive.behave(Behaviour.vouching(Way.SAME_ASSOCIATION));

        PeerAnswer started = modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());
        assertThat(started.isSuccess()).as("%s", started).isTrue();
        assertThat(exam.worklist()).isEmpty();
        assertThat(modality.complete(exam.step, exam.series()).isSuccess()).isTrue();
        JsonNode outstanding = api.awaitStates("EX1", "COMPLETED", "OUTSTANDING");
        PeerAnswer requested = modality.requestCommitment(exam.transaction, exam.instances, HOLD);

        assertThat(requested.isSuccess()).isTrue();
        CommitmentReport report = modality.awaitReport(exam.transaction);
        assertThat(report.newAssociation()).isFalse();
        assertThat(report.eventType()).isEqualTo(1);
        assertThat(report.committed()).containsExactlyInAnyOrderElementsOf(exam.instances);
        JsonNode accession = api.awaitStates("EX1", "COMPLETED", "COMMITTED");
        assertThat(outstanding.at("/instances/outstanding").asInt()).isEqualTo(2);
        assertThat(accession.at("/instances").toString())
                .isEqualTo("{\"expected\":2,\"committed\":2,\"failed\":0,\"outstanding\":0,\"final\":true}");
        assertThat(accession.at("/orderStatus").asText()).isEqualTo("SCHEDULED");
        queues.awaitTypes(
                QueueReader.EVENTS,
                "EX1",
                "order.scheduled",
                "procedure.started",
                "procedure.completed",
                "custody.outstanding",
                "custody.committed");
        queues.awaitOrderStatuses("EX1", "SC", "IP", "CM");
        assertThat(queues.all())
                .allMatch(message -> message.group().equals(message.accession())
                        || message.accession().equals("null"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Offer.class,
            names = {"IMPLICIT", "EXPLICIT", "BIG_ENDIAN"})
    @Interoperability(
            service = Service.PERFORMED_STEP,
            ours = Role.SCP,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    @Interoperability(
            service = Service.PERFORMED_STEP_RETRIEVE,
            ours = Role.SCP,
            peer = "dcmjs-dimse",
            transferSyntaxes = {Syntax.IMPLICIT, Syntax.EXPLICIT, Syntax.BIG_ENDIAN})
    void a_modality_reads_back_what_it_reported(Offer offer) {
        Exam exam = Exam.ordered("EXG" + offer.name().charAt(0));
        modality.target(engine.dicom(), offer);
        modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());

        PeerAnswer step = modality.get(exam.step, "PatientID", "PerformedProcedureStepStatus");
        PeerAnswer unknown = modality.get("1.2.3.4.5", "PatientID");
        modality.target(engine.dicom(), Offer.BOTH);

        assertThat(step.isSuccess()).as("%s", step).isTrue();
        assertThat(step.line().at("/attributes/PerformedProcedureStepStatus").asText())
                .isEqualTo("IN PROGRESS");
        assertThat(step.line().at("/attributes/PatientID").asText())
                .isEqualTo("PID-EXG" + offer.name().charAt(0));
        assertThat(unknown.status()).isEqualTo(0x0112);
    }

    @Test
    void a_report_comes_on_a_new_association_when_the_modality_has_gone() {
        Exam exam = Exam.ordered("EX2");
        archive.behave(Behaviour.vouching(Way.NEW_ASSOCIATION));
        modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());
        modality.complete(exam.step, exam.series());

        modality.requestCommitment(exam.transaction, exam.instances, Duration.ZERO);

        CommitmentReport report = modality.awaitReport(exam.transaction);
        assertThat(report.newAssociation()).isTrue();
        assertThat(report.callingAeTitle()).isEqualTo("COLLIMATOR");
        api.awaitStates("EX2", "COMPLETED", "COMMITTED");
    }

    @Test
    void a_discontinued_exam_says_so() {
        Exam exam = Exam.ordered("EX3");
        modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());

        PeerAnswer ended = modality.discontinue(exam.step, "110501", exam.series());

        assertThat(ended.isSuccess()).isTrue();
        api.awaitStates("EX3", "DISCONTINUED", "OUTSTANDING");
        queues.awaitTypes(
                QueueReader.EVENTS,
                "EX3",
                "order.scheduled",
                "procedure.started",
                "procedure.discontinued",
                "custody.outstanding");
        queues.awaitOrderStatuses("EX3", "SC", "IP", "DC");
    }

    @Test
    void the_wrong_worklist_entry_comes_back_to_the_list() {
        Exam exam = Exam.ordered("EX4");
        modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());

        modality.discontinue(exam.step, DcmjsModality.WRONG_WORKLIST_ENTRY, List.of());

        api.awaitStates("EX4", "SCHEDULED", "NONE");
        assertThat(exam.worklist()).hasSize(1);
        queues.awaitTypes(QueueReader.EVENTS, "EX4", "order.scheduled", "procedure.started");
        queues.awaitOrderStatuses("EX4", "SC", "IP", "SC");
    }

    @Test
    void what_the_archive_fails_is_failed_and_reported_with_its_reason() {
        Exam exam = Exam.ordered("EX5");
        String lost = exam.instances.get(1).instance();
        archive.behave(Behaviour.vouching(Way.NEW_ASSOCIATION).failing(Map.of(lost, 0x0213)));
        modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());
        modality.complete(exam.step, exam.series());

        modality.requestCommitment(exam.transaction, exam.instances, HOLD);

        CommitmentReport report = modality.awaitReport(exam.transaction);
        assertThat(report.eventType()).isEqualTo(2);
        assertThat(report.committed()).containsExactly(exam.instances.get(0));
        assertThat(report.failed())
                .containsExactly(new ReferencedInstance(ReferencedInstance.CT_IMAGE_STORAGE, lost, 0x0213));
        JsonNode accession = api.awaitStates("EX5", "COMPLETED", "FAILED");
        assertThat(accession.at("/instances/committed").asInt()).isEqualTo(1);
        assertThat(accession.at("/instances/failed").asInt()).isEqualTo(1);
    }

    @Test
    void another_patient_changes_no_order() {
        Exam exam = Exam.ordered("EX6");
        ObjectNode otherPatient = EngineApi.JSON.createObjectNode().put("PatientID", "SOMEBODY-ELSE");

        PeerAnswer answer = modality.start(exam.step, exam.item, otherPatient);

        assertThat(answer.isSuccess()).isTrue();
        assertThat(api.awaitStates("EX6", "SCHEDULED", "NONE")
                        .at("/orderStatus")
                        .asText())
                .isEqualTo("SCHEDULED");
        assertThat(exam.worklist()).hasSize(1);
        assertThat(api.exceptionTypes()).contains("patient-mismatch");
        queues.awaitTypes(QueueReader.EVENTS, "EX6", "order.scheduled");
    }

    @Test
    void a_commitment_before_the_mpps_that_lists_its_images_is_linked_later() {
        Exam exam = Exam.ordered("EX7");
        archive.behave(Behaviour.vouching(Way.SAME_ASSOCIATION));
        modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());

        modality.requestCommitment(exam.transaction, exam.instances, HOLD);
        modality.awaitReport(exam.transaction);
        assertThat(api.accession("EX7").at("/custodyState").asText()).isEqualTo("NONE");
        modality.complete(exam.step, exam.series());

        api.awaitStates("EX7", "COMPLETED", "COMMITTED");
    }

    @Test
    void final_is_final_unknown_is_unknown_and_twice_is_a_duplicate() {
        Exam exam = Exam.ordered("EX8");
        modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());
        modality.complete(exam.step, exam.series());

        PeerAnswer again = modality.complete(exam.step, exam.series());
        PeerAnswer unknown = modality.complete("1.2.3.4.5.999", exam.series());
        PeerAnswer duplicate = modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());

        assertThat(again.status()).isEqualTo(0x0110);
        assertThat(again.errorId()).isEqualTo(0xA710);
        assertThat(unknown.status()).isEqualTo(0x0112);
        assertThat(duplicate.status()).isEqualTo(0x0111);
        assertThat(api.accession("EX8").at("/procedureState").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void a_step_without_uid_gets_one_and_keeps_it_when_repeated() {
        Exam exam = Exam.ordered("EX9");

        ObjectNode sameAgain = EngineApi.JSON
                .createObjectNode()
                .put("PerformedProcedureStepID", "PPS9")
                .put("PerformedProcedureStepStartTime", "101500");

        PeerAnswer first = modality.start(null, exam.item, sameAgain);
        PeerAnswer repeated = modality.start(null, exam.item, sameAgain);

        assertThat(first.isSuccess()).isTrue();
        assertThat(first.instance()).isNotEmpty();
        assertThat(repeated.instance()).isEqualTo(first.instance());
        assertThat(modality.complete(first.instance(), exam.series()).isSuccess())
                .isTrue();
        api.awaitStates("EX9", "COMPLETED", "OUTSTANDING");
    }

    @Test
    void an_unscheduled_step_is_kept_and_shown() {
        ObjectNode item = EngineApi.JSON.createObjectNode();
        Exam exam = new Exam("EXU", item);
        ObjectNode changes = EngineApi.JSON.createObjectNode();
        ObjectNode scheduled =
                changes.putArray("ScheduledStepAttributesSequence").addObject();
        scheduled.put("StudyInstanceUID", "1.2.3.77").put("AccessionNumber", "EXU");
        changes.put("PatientID", "WALK-IN").put("PatientName", "WALK^IN").put("Modality", "CT");

        PeerAnswer answer = modality.start(exam.step, item, changes);

        assertThat(answer.isSuccess()).as("%s", answer).isTrue();
        JsonNode accession = api.awaitAccession(
                "EXU",
                known -> "IN_PROGRESS".equals(known.path("procedureState").asText()));
        assertThat(accession.path("orderStatus").isNull()).isTrue();
        assertThat(api.exceptionTypes()).contains("step-unmatched");
    }

    @Test
    void a_report_from_someone_who_was_not_asked_changes_nothing() {
        Exam exam = Exam.ordered("EX10");
        archive.behave(Behaviour.vouching(Way.SILENT));
        modality.start(exam.step, exam.item, EngineApi.JSON.createObjectNode());
        modality.complete(exam.step, exam.series());
        modality.requestCommitment(exam.transaction, exam.instances, Duration.ZERO);
        String asked = archive.awaitAction(exam.instances.get(0).instance()).transaction();

        PeerAnswer unknown =
                archive.report(new Unasked("1.2.3.4.5.6", exam.instances, List.of(), "ARCHIVE"), "COLLIMATOR");

        assertThat(asked).isNotEqualTo(exam.transaction);
        assertThat(unknown.status()).isZero();
        assertThat(api.accession("EX10").at("/custodyState").asText()).isEqualTo("OUTSTANDING");
        assertThat(api.exceptionTypes()).contains("commitment-report-unexpected");
    }

    @Test
    void custody_never_reaches_the_status_queue() {
        assertThat(queues.all().stream()
                        .filter(message -> message.queue().equals(QueueReader.STATUS))
                        .map(message -> message.body()))
                .allMatch(body -> body.startsWith("MSH|") && body.contains("|ORM^O01"));
    }

    /** One order and what the modality makes of it. */
    private static final class Exam {

        private final String accession;
        private final JsonNode item;
        private final String step;
        private final String transaction;
        private final List<ReferencedInstance> instances;

        private Exam(String accession, JsonNode item) {
            int number = NUMBERS.incrementAndGet();
            this.accession = accession;
            this.item = item;
            this.step = "1.2.826.0.1.9." + number + ".1";
            this.transaction = "1.2.826.0.1.9." + number + ".2";
            this.instances = List.of(
                    ReferencedInstance.ct("1.2.826.0.1.9." + number + ".4.1"),
                    ReferencedInstance.ct("1.2.826.0.1.9." + number + ".4.2"));
        }

        static Exam ordered(String accession) {
            assertThat(engine.send(Messages.order(accession)).code()).isEqualTo("AA");
            List<JsonNode> found = find(accession);
            assertThat(found).hasSize(1);
            return new Exam(accession, found.get(0));
        }

        List<JsonNode> worklist() {
            return find(accession);
        }

        List<Series> series() {
            return List.of(new Series("1.2.826.0.1.9.3." + accession.hashCode() % 1000 + 1000, instances));
        }

        private static List<JsonNode> find(String accession) {
            ObjectNode query = EngineApi.JSON.createObjectNode().put("AccessionNumber", accession);
            for (String key : List.of(
                    "PatientName",
                    "PatientID",
                    "IssuerOfPatientID",
                    "PatientBirthDate",
                    "PatientSex",
                    "StudyInstanceUID",
                    "RequestedProcedureID",
                    "RequestedProcedureDescription")) {
                query.put(key, "");
            }
            ObjectNode step = query.putArray("ScheduledProcedureStepSequence").addObject();
            for (String key : List.of(
                    "Modality",
                    "ScheduledStationAETitle",
                    "ScheduledProcedureStepStartDate",
                    "ScheduledProcedureStepStartTime",
                    "ScheduledProcedureStepID",
                    "ScheduledProcedureStepDescription")) {
                step.put(key, "");
            }
            return modality.find(query).matches();
        }
    }
}
