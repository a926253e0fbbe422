package io.collimator.persistence;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.performed.PerformedItem;
import io.collimator.workflow.performed.PerformedStatus;
import io.collimator.workflow.performed.PerformedStep;
import io.collimator.workflow.performed.StepKeys;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hibernate.Length;
import org.jspecify.annotations.Nullable;

/** A row of {@code performed_step} with its rows of items. */
@Entity
@Table(name = "performed_step")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class PerformedStepEntity {

    @Id
    @Column(name = "sop_instance_uid")
    private String sopInstanceUid;

    @Version
    @Column(name = "version")
    @SuppressWarnings("UnusedVariable") // Hibernate's
    private long version;

    @Column(name = "performed_by")
    private String performedBy;

    @Enumerated(EnumType.STRING)
    @Column(name = "status", columnDefinition = "varchar(16)")
    private PerformedStatus status;

    @Column(name = "repeat_key")
    private @Nullable String repeatKey;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "data_set", length = Length.LONG32)
    private byte[] dataSet = {};

    @ElementCollection
    @CollectionTable(name = "performed_item", joinColumns = @JoinColumn(name = "performed_uid"))
    @OrderColumn(name = "ordinal")
    private List<Item> items = new ArrayList<>();

    /** A row of {@code performed_item}. */
    @Embeddable
    record Item(
            @Column(name = "study_key") @Nullable String studyKey,
            @Column(name = "accession_key") @Nullable String accessionKey,
            @Column(name = "procedure_key") String procedureKey,
            @Column(name = "step_key") String stepKey,
            @Column(name = "link") String link,
            @Column(name = "accession") @Nullable String accession,
            @Column(name = "scheduled_step_id") @Nullable String scheduledStepId) {

        static Item of(PerformedItem item) {
            StepKeys keys = item.keys();
            return new Item(
                    keys.study() == null ? null : keys.study().value(),
                    keys.accession() == null ? null : keys.accession().key(),
                    ColumnText.storable(keys.requestedProcedureId()),
                    ColumnText.storable(keys.stepId()),
                    item.link().name(),
                    item.accession() == null ? null : item.accession().key(),
                    item.scheduledStepId());
        }

        PerformedItem toItem() {
            return new PerformedItem(
                    new StepKeys(
                            studyKey == null ? null : new Uid(studyKey),
                            accessionKey == null ? null : AccessionNumber.ofKey(accessionKey),
                            procedureKey,
                            stepKey),
                    PerformedItem.Link.valueOf(link),
                    accession == null ? null : AccessionNumber.ofKey(accession),
                    scheduledStepId);
        }
    }

    protected PerformedStepEntity() {}

    PerformedStepEntity(PerformedStep step) {
        sopInstanceUid = step.sopInstance().value();
        performedBy = step.performedBy().value();
        createdAt = step.createdAt();
        apply(step);
    }

    final void apply(PerformedStep step) {
        status = step.status();
        repeatKey = step.repeatKey();
        byte[] encoded = DataSetColumn.encode(step.dataSet());
        if (!Arrays.equals(encoded, dataSet)) {
            dataSet = encoded;
        }
        List<Item> current = step.items().stream().map(Item::of).toList();
        if (!current.equals(items)) {
            items.clear();
            items.addAll(current);
        }
    }

    PerformedStep toStep() {
        return new PerformedStep(
                new Uid(sopInstanceUid),
                new AeTitle(performedBy),
                status,
                DataSetColumn.decode(dataSet),
                items.stream().map(Item::toItem).toList(),
                repeatKey,
                createdAt);
    }
}
