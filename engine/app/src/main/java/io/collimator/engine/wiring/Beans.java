package io.collimator.engine.wiring;

import io.collimator.engine.config.Hl7Settings;
import io.collimator.engine.intake.CommitmentsIntake;
import io.collimator.engine.intake.OpenAssociations;
import io.collimator.engine.intake.OrdersIntake;
import io.collimator.engine.intake.PerformedStepsIntake;
import io.collimator.engine.intake.RefusedMessages;
import io.collimator.engine.intake.WorklistIntake;
import io.collimator.hl7.ack.AcceptanceSettings;
import io.collimator.hl7.ack.Hl7Acceptance;
import io.collimator.workflow.usecase.RecordArchiveReport;
import io.collimator.workflow.usecase.RequestCommitment;
import java.time.Clock;

/** The beans that routes call by name. */
final class Beans {

    private Beans() {}

    /** What beans need beside the use cases. */
    record Surroundings(
            HomeContents contents,
            Clock clock,
            RefusedMessages refused,
            OpenAssociations associations,
            Runnable dueWork) {}

    static void publish(CamelRuntime camel, UseCases useCases, Surroundings around) {
        Hl7Settings hl7 = around.contents().settings().hl7();
        camel.publish(
                PublishedToRoutes.ORDERS,
                new OrdersIntake(
                        new Hl7Acceptance(AcceptanceSettings.orders(hl7.processingIds())),
                        around.contents().mapping(),
                        useCases.acceptOrder(),
                        new OrdersIntake.Surroundings(around.refused(), hl7.characterSet(), around.clock())));
        camel.publish(
                PublishedToRoutes.WORKLIST,
                new WorklistIntake(useCases.queryWorklist(), around.contents().peers()));
        camel.publish(PublishedToRoutes.PERFORMED_STEPS, new PerformedStepsIntake(useCases.recordPerformedStep()));
        camel.publish(
                PublishedToRoutes.COMMITMENTS,
                new CommitmentsIntake(
                        new RequestCommitment(useCases.custody()),
                        new RecordArchiveReport(useCases.custody()),
                        new CommitmentsIntake.Peer(
                                around.contents().settings().dicom().aeTitle(),
                                around.associations(),
                                around.dueWork())));
    }
}
