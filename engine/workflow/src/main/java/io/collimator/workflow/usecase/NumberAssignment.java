package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.OrderField;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.OrderTargets.Target;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.List;

/** The placer has given a number to the filler's order (HL7 v2.5.1 §4.5.1.1, table 0119: SN, answered with NA). */
final class NumberAssignment {

    private NumberAssignment() {}

    static void assign(Session session, List<Target> targets, OrderGroup group) {
        OrderNumber placer = group.placer();
        if (placer == null || group.filler() == null) {
            throw group.refusal(
                    OrderRefusedException.REQUIRED_FIELD_MISSING,
                    placer == null ? OrderField.PLACER_NUMBER : OrderField.FILLER_NUMBER,
                    "%s assigns a placer order number, ORC-2, to a filler order number, ORC-3; send both."
                            .formatted(group.control()));
        }
        for (Accession other : session.accessions().ofPlacer(placer)) {
            if (!group.isOrderOf(other)) {
                throw group.refusal(
                        OrderRefusedException.DUPLICATE_KEY,
                        OrderField.PLACER_NUMBER,
                        "Placer order number %s belongs to the order of accession %s; send one of its own."
                                .formatted(placer, other.number()));
            }
        }
        targets.forEach(target -> assign(target, placer));
    }

    private static void assign(Target target, OrderNumber placer) {
        AccessionDraft draft = target.draft();
        Accession accession = target.accession();
        if (!placer.equals(accession.placer())) {
            draft.put(accession.withPlacer(placer));
            draft.note(new AccessionDraft.Note("order.number-assigned", "Placer order number is " + placer));
        }
        for (ScheduledStep step : target.steps()) {
            DataSet entry = withPlacer(step.dataSet(), placer);
            if (!entry.equals(step.dataSet())) {
                draft.put(step.withDataSet(entry));
            }
        }
    }

    private static DataSet withPlacer(DataSet entry, OrderNumber placer) {
        DataSet.Builder numbered =
                Dictionary.dataSet(entry).put(Tags.PlacerOrderNumberImagingServiceRequest, placer.number());
        return placer.authority()
                .map(authority -> numbered.items(Tags.OrderPlacerIdentifierSequence, authority.item())
                        .build())
                .orElseGet(() -> numbered.build().without(Tags.OrderPlacerIdentifierSequence));
    }
}
