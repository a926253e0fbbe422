package io.collimator.engine.wiring;

import io.collimator.camel.delivery.OutboundMessages;
import io.collimator.engine.config.Hl7Settings;
import io.collimator.engine.intake.AppointmentMessages;
import io.collimator.engine.intake.CommitmentsIntake;
import io.collimator.engine.intake.EngineTerms;
import io.collimator.engine.intake.Hl7Intake;
import io.collimator.engine.intake.IgnoredMessages;
import io.collimator.engine.intake.MessageDesk;
import io.collimator.engine.intake.OpenAssociations;
import io.collimator.engine.intake.OrderMessages;
import io.collimator.engine.intake.PatientMessages;
import io.collimator.engine.intake.PerformedStepsIntake;
import io.collimator.engine.intake.RefusedMessages;
import io.collimator.engine.intake.ResultMessages;
import io.collimator.engine.intake.StatedAuthorities;
import io.collimator.engine.intake.TransliterationMarks;
import io.collimator.engine.intake.WorklistIntake;
import io.collimator.engine.messaging.RecordedDeliveries;
import io.collimator.engine.metrics.Metrics;
import io.collimator.engine.peers.CharacterSetFallbacks;
import io.collimator.engine.reload.RunningMapping;
import io.collimator.engine.reload.SetCheck;
import io.collimator.hl7.ack.AcceptanceSettings;
import io.collimator.hl7.outbound.OutboundValidation;
import io.collimator.workflow.port.AnswerTime;
import io.collimator.workflow.usecase.RecordArchiveReport;
import io.collimator.workflow.usecase.RequestCommitment;
import java.time.Clock;

/** The beans that routes call by name. */
final class Beans {

    private Beans() {}

    /** What beans need beside the use cases. */
    record Surroundings(
            HomeContents contents,
            RunningMapping mapping,
            Metrics metrics,
            Clock clock,
            RefusedMessages refused,
            AnswerTime answerTime,
            OpenAssociations associations,
            RecordedDeliveries deliveries,
            TransliterationMarks transliterations,
            Runnable dueWork) {}

    static void publish(CamelRuntime camel, UseCases useCases, Surroundings around) {
        CharacterSetFallbacks fallbacks =
                new CharacterSetFallbacks(around.metrics().characterSetFallbacks(), around.clock());
        camel.publish(PublishedToRoutes.ORDERS, new Hl7Intake(desk(useCases, around), around.answerTime()));
        camel.publish(
                PublishedToRoutes.WORKLIST,
                new WorklistIntake(
                        useCases.queryWorklist(),
                        around.contents().peers(),
                        around.metrics().worklist(),
                        around.metrics().sloppiness(),
                        new StatedAuthorities(around.mapping()),
                        fallbacks,
                        around.transliterations()));
        camel.publish(
                PublishedToRoutes.PERFORMED_STEPS,
                new PerformedStepsIntake(
                        useCases.recordPerformedStep(),
                        useCases.viewPerformedStep(),
                        around.contents().peers(),
                        new StatedAuthorities(around.mapping()),
                        fallbacks));
        camel.publish(
                PublishedToRoutes.OUTBOUND,
                new OutboundMessages(
                        around.mapping().derived(SetCheck::templatesOf),
                        new OutboundValidation(),
                        around.deliveries()));
        camel.publish(
                PublishedToRoutes.COMMITMENTS,
                new CommitmentsIntake(
                        new RequestCommitment(useCases.custody()),
                        new RecordArchiveReport(useCases.custody()),
                        new CommitmentsIntake.Peer(
                                around.contents().settings().dicom().aeTitle(),
                                around.contents().peers(),
                                around.associations(),
                                around.dueWork())));
    }

    private static MessageDesk desk(UseCases useCases, Surroundings around) {
        Hl7Settings hl7 = around.contents().settings().hl7();
        return new MessageDesk(
                new MessageDesk.Handlers(
                        new OrderMessages(useCases.acceptOrder()),
                        new PatientMessages(useCases.updatePatient(), useCases.mergePatients()),
                        new AppointmentMessages(useCases.acceptAppointment()),
                        new ResultMessages(useCases.acceptResult())),
                around.mapping(),
                new MessageDesk.Surroundings(
                        new EngineTerms(AcceptanceSettings.everything(hl7.processingIds()), hl7.reading()),
                        around.refused(),
                        new IgnoredMessages(useCases.ignoreMessage()),
                        around.metrics().intake(),
                        around.clock()));
    }
}
