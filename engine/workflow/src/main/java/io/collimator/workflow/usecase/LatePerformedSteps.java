package io.collimator.workflow.usecase;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedItem;
import io.collimator.workflow.performed.PerformedItem.Link;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.worklist.ScheduledStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Links what was performed before its order came. */
public final class LatePerformedSteps implements PerformedStepLinks {

    private final PerformedStepMatching matching;
    private final CommitmentLinks commitments;

    public LatePerformedSteps(PerformedStepMatching matching, CommitmentLinks commitments) {
        this.matching = matching;
        this.commitments = commitments;
    }

    /**
     * Links performed steps that name the accession or one of its studies and are not linked to a scheduled step; where the
     * patients do not agree, raises an exception and takes the step from the accession.
     */
    @Override
    public void relink(Session session, AccessionNumber number) {
        Accession accession = session.accessions().find(number).orElseThrow();
        Set<Uid> studies = studiesOf(session, accession);
        Set<String> touched = new HashSet<>();
        for (PerformedStep step : session.performedSteps().unscheduledFor(accession.number(), studies)) {
            List<PerformedItem> items = new ArrayList<>();
            for (PerformedItem item : step.items()) {
                items.add(
                        isMeant(session, item, accession, studies)
                                ? matching.relink(session, step, item, accession)
                                : item);
            }
            if (!items.equals(step.items())) {
                session.performedSteps().save(step.withItems(items));
                touched.addAll(PerformedStepMatching.stepIdsOf(items, accession.number()));
            }
        }
        matching.updateScheduled(session, accession, touched);
        commitments.link(session, accession.number());
    }

    private static boolean isMeant(Session session, PerformedItem item, Accession accession, Set<Uid> studies) {
        boolean free = item.link() == Link.UNMATCHED
                || item.link() == Link.MISMATCH
                || (item.link() == Link.LINKED
                        && accession.number().equals(item.accession())
                        && item.scheduledStepId() == null);
        return free
                && ((item.keys().study() != null && studies.contains(item.keys().study()))
                        || names(session, item, accession.number()));
    }

    /** A number without issuer names nobody's accession where several systems gave it. */
    private static boolean names(Session session, PerformedItem item, AccessionNumber number) {
        AccessionNumber named = item.keys().accession();
        return number.equals(named)
                || (named != null
                        && number.mayBe(named)
                        && session.accessions().ofNumber(number.value()).size() == 1);
    }

    private static Set<Uid> studiesOf(Session session, Accession accession) {
        Set<Uid> studies = new HashSet<>();
        if (accession.studyInstanceUid() != null) {
            studies.add(accession.studyInstanceUid());
        }
        for (ScheduledStep step : session.scheduledSteps().ofAccession(accession.number())) {
            Uid.parse(step.dataSet().text(Tags.StudyInstanceUID)).ifPresent(studies::add);
        }
        return studies;
    }
}
