package io.collimator.acceptance.gate;

import io.collimator.acceptance.engine.Messages;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.simulators.commitment.CommitmentRequest;
import io.collimator.simulators.commitment.InstanceReference;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One exam: what RIS and modality send for it, and how much of that was acknowledged. Everything follows from its number, so that
 * what may or may not have arrived is sent again byte by byte.
 */
final class Exam {

    /** What is sent, one after the other. */
    enum Step {
        ORDER("NW"),
        MOVE("XO"),
        CANCEL("CA"),
        BEGIN(""),
        COMPLETE(""),
        COMMIT("");

        private final String orderControl;

        Step(String orderControl) {
            this.orderControl = orderControl;
        }

        boolean isHl7() {
            return !orderControl.isEmpty();
        }
    }

    static final List<Step> CANCELLED = List.of(Step.ORDER, Step.MOVE, Step.CANCEL);
    static final List<Step> PERFORMED = List.of(Step.ORDER, Step.MOVE, Step.BEGIN, Step.COMPLETE, Step.COMMIT);

    private static final String ROOT = "1.2.276.0.76.3.1.99.";
    private static final int IMAGES = 2;

    private final int number;
    private final List<Step> script;
    private int acknowledged;
    private boolean inFlight;

    Exam(int number, List<Step> script) {
        this.number = number;
        this.script = script;
    }

    String accession() {
        return "G" + number;
    }

    List<Step> script() {
        return script;
    }

    boolean isDone() {
        return acknowledged == script.size();
    }

    Step next() {
        return script.get(acknowledged);
    }

    void sending() {
        inFlight = true;
    }

    void acknowledged() {
        acknowledged++;
        inFlight = false;
    }

    /** Steps that were acknowledged. */
    int least() {
        return acknowledged;
    }

    /** Those, and one more that was sent and has no answer. */
    int most() {
        return acknowledged + (inFlight ? 1 : 0);
    }

    String message() {
        String message = Messages.order(accession(), next().orderControl);
        return next() == Step.ORDER ? message : message.replace("1100^^", "1315^^");
    }

    Uid performedStep() {
        return new Uid(ROOT + "5." + number);
    }

    DataSet begun() {
        DataSet.Builder scheduled = Dictionary.dataSet()
                .put(Tags.StudyInstanceUID, Messages.studyOf(accession()))
                .put(Tags.AccessionNumber, accession())
                .put(Tags.RequestedProcedureID, "RP" + accession())
                .put(Tags.ScheduledProcedureStepID, "SPS" + accession());
        DataSet.Builder step = Dictionary.dataSet();
        List.of(Tags.PerformedProcedureStepEndDate, Tags.PerformedProcedureStepEndTime, Tags.PerformedSeriesSequence)
                .forEach(step::put);
        return step.put(Tags.PatientID, "PID-" + accession())
                .put(Tags.PatientName, "TEST^" + accession())
                .items(Tags.ScheduledStepAttributesSequence, scheduled.build())
                .put(Tags.PerformedProcedureStepID, "PPS" + number)
                .put(Tags.PerformedStationAETitle, ExamPeers.MODALITY.value())
                .put(Tags.PerformedProcedureStepStartDate, Messages.today())
                .put(Tags.PerformedProcedureStepStartTime, "110000")
                .put(Tags.PerformedProcedureStepStatus, "IN PROGRESS")
                .put(Tags.Modality, "CT")
                .build();
    }

    DataSet completed() {
        DataSet series = Dictionary.dataSet()
                .put(Tags.SeriesInstanceUID, new Uid(ROOT + "6." + number))
                .items(
                        Tags.ReferencedImageSequence,
                        images().stream().map(InstanceReference::toDataSet).toList())
                .build();
        return Dictionary.dataSet()
                .put(Tags.PerformedProcedureStepStatus, "COMPLETED")
                .put(Tags.PerformedProcedureStepEndDate, Messages.today())
                .put(Tags.PerformedProcedureStepEndTime, "112000")
                .items(Tags.PerformedSeriesSequence, series)
                .build();
    }

    List<InstanceReference> images() {
        return IntStream.rangeClosed(1, IMAGES)
                .mapToObj(image ->
                        new InstanceReference(Uids.CTImageStorage, new Uid(ROOT + "7." + number + "." + image)))
                .toList();
    }

    CommitmentRequest commitment() {
        return new CommitmentRequest(new Uid(ROOT + "8." + number), images());
    }

    @Override
    public String toString() {
        return accession() + " " + script.subList(0, acknowledged) + (inFlight ? " and perhaps " + next() : "");
    }
}
