package io.collimator.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import io.collimator.workflow.worklist.WorklistPage;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of {@code scheduled_step} with its rows of stations and names. */
@Entity
@Table(name = "scheduled_step")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class ScheduledStepEntity {

    static final Comparator<ScheduledStepEntity> BY_ORDINAL =
            Comparator.<ScheduledStepEntity>comparingInt(step -> step.ordinal).thenComparingLong(step -> step.id);

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "scheduled_step_seq")
    @SequenceGenerator(name = "scheduled_step_seq", sequenceName = "scheduled_step_seq", allocationSize = 50)
    private long id;

    @Column(name = "accession")
    private String accession;

    @Column(name = "step_id")
    private String stepId;

    @Column(name = "ordinal")
    private int ordinal;

    @Column(name = "step_id_derived")
    private boolean stepIdDerived;

    @Enumerated(EnumType.STRING)
    @Column(name = "status", columnDefinition = "varchar(16)")
    private StepStatus status;

    @Column(name = "ordered_at")
    private Instant orderedAt;

    @Column(name = "start_at")
    private LocalDateTime startAt;

    @Column(name = "modality")
    private String modality;

    @Column(name = "patient_id")
    private String patientId;

    @Column(name = "requested_procedure_id")
    private String requestedProcedureId;

    @Column(name = "study_instance_uid")
    private String studyInstanceUid;

    @Column(name = "repeats")
    private @Nullable String repeats;

    @Column(name = "data_set")
    private byte[] dataSet = {};

    @Column(name = "stand_ins")
    private String standIns = "";

    @ElementCollection
    @CollectionTable(name = "scheduled_step_station", joinColumns = @JoinColumn(name = "step_id"))
    private Set<Station> stations = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "scheduled_step_name", joinColumns = @JoinColumn(name = "step_id"))
    @Column(name = "name")
    private Set<String> names = new HashSet<>();

    /** The start stands beside the station so that one index serves "this station, this day". */
    @Embeddable
    record Station(
            @Column(name = "ae_title") String aeTitle,
            @Column(name = "start_at") LocalDateTime startAt) {}

    /** As it was given or, decoded once, read. */
    private transient @Nullable ScheduledStep step;

    protected ScheduledStepEntity() {}

    ScheduledStepEntity(AccessionNumber accession, String stepId) {
        this.accession = accession.key();
        this.stepId = stepId;
    }

    boolean isStep(String id) {
        return stepId.equals(id);
    }

    void apply(ScheduledStep step) {
        this.step = step;
        ordinal = step.ordinal();
        stepIdDerived = step.stepIdDerived();
        status = step.status();
        orderedAt = step.orderedAt();
        repeats = step.repeats();
        standIns = standIns(step.standIns());
        byte[] encoded = DataSetColumn.encode(step.dataSet());
        if (!Arrays.equals(encoded, dataSet)) {
            dataSet = encoded;
            index(step.dataSet());
        }
    }

    private void index(DataSet entry) {
        WorklistColumns columns = WorklistColumns.of(entry);
        startAt = columns.startAt();
        modality = columns.modality();
        patientId = ColumnText.cut(entry.text(Tags.PatientID), WorklistColumns.MAX_KEY);
        requestedProcedureId = ColumnText.cut(entry.text(Tags.RequestedProcedureID), WorklistColumns.MAX_KEY);
        studyInstanceUid = ColumnText.cut(entry.text(Tags.StudyInstanceUID), WorklistColumns.MAX_KEY);
        replace(stations, columns.stations());
        replace(names, columns.names());
    }

    private static <T> void replace(Set<T> old, Set<T> current) {
        old.retainAll(current);
        old.addAll(current);
    }

    /** Where the next page begins when this row is the last one of a page. */
    WorklistPage.Position position() {
        return new WorklistPage.Position(startAt, id);
    }

    ScheduledStep toStep() {
        ScheduledStep known = step;
        if (known == null) {
            known = new ScheduledStep(
                    AccessionNumber.ofKey(accession),
                    stepId,
                    ordinal,
                    stepIdDerived,
                    status,
                    DataSetColumn.decode(dataSet),
                    standIns(standIns),
                    orderedAt,
                    repeats);
            step = known;
        }
        return known;
    }

    private static String standIns(Set<Tag> tags) {
        return tags.stream().sorted().map(tag -> "%08X".formatted(tag.value())).collect(Collectors.joining(" "));
    }

    private static Set<Tag> standIns(String column) {
        return column.isEmpty()
                ? Set.of()
                : Arrays.stream(column.split(" ", -1)).map(Tag::parse).collect(Collectors.toSet());
    }
}
