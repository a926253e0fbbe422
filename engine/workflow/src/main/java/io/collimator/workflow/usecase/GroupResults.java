package io.collimator.workflow.usecase;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.GroupResult;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of the groups of a message, with the keys that their orders have after all of them. */
final class GroupResults {

    private GroupResults() {}

    static List<GroupResult> of(AccessionDrafts drafts, List<OrderGroup> groups, List<OrderRules.Effect> effects) {
        List<GroupResult> results = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            results.add(of(drafts, groups.get(i), effects.get(i)));
        }
        return results;
    }

    /** Of a message that was applied before. */
    static List<GroupResult> ofKnown(AccessionDrafts drafts, List<OrderGroup> groups) {
        List<GroupResult> results = new ArrayList<>();
        for (OrderGroup group : groups) {
            List<AccessionDraft> known = drafts.ofOrder(group);
            Optional<AccessionDraft> draft = known.stream()
                    .filter(one -> one.number().equals(group.accession()))
                    .findFirst()
                    .or(() -> known.stream().findFirst());
            String stepId = group.stepId().isEmpty() && group.action().bringsStep()
                    ? draft.map(AccessionDraft::steps)
                            .filter(steps -> steps.size() == 1)
                            .map(steps -> steps.get(0).stepId())
                            .orElse("")
                    : group.stepId();
            results.add(of(
                    drafts,
                    group,
                    new OrderRules.Effect(
                            GroupResult.Verdict.UNCHANGED,
                            draft.map(AccessionDraft::number).orElse(null),
                            stepId)));
        }
        return results;
    }

    private static GroupResult of(AccessionDrafts drafts, OrderGroup group, OrderRules.Effect effect) {
        @Nullable AccessionNumber number = effect.accession();
        Optional<AccessionDraft> draft = Optional.ofNullable(number).map(drafts::get);
        Optional<Accession> accession = draft.flatMap(AccessionDraft::current);
        Optional<DataSet> entry =
                draft.flatMap(known -> known.step(effect.stepId())).map(ScheduledStep::dataSet);
        boolean isItsOwn = accession.filter(group::isOrderOf).isPresent();
        return new GroupResult(
                group.place().number(),
                effect.verdict(),
                number,
                isItsOwn ? accession.get().placer() : group.placer(),
                isItsOwn ? accession.get().filler() : group.filler(),
                entry.flatMap(one -> Uid.parse(one.text(Tags.StudyInstanceUID)))
                        .or(() -> accession.map(Accession::studyInstanceUid))
                        .orElse(null),
                entry.map(one -> one.text(Tags.RequestedProcedureID))
                        .or(() -> accession.map(Accession::requestedProcedureId))
                        .orElse(null),
                effect.stepId());
    }
}
