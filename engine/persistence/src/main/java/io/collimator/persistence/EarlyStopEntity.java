package io.collimator.persistence;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.EarlyStop;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code early_stop}. */
@Entity
@Table(name = "early_stop")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class EarlyStopEntity {

    @Id
    private UUID id;

    @Embedded
    @AttributeOverride(name = "number", column = @Column(name = "placer_number"))
    @AttributeOverride(name = "namespace", column = @Column(name = "placer_namespace"))
    private @Nullable OrderNumberColumns placer;

    @Embedded
    @AttributeOverride(name = "number", column = @Column(name = "filler_number"))
    @AttributeOverride(name = "namespace", column = @Column(name = "filler_namespace"))
    private @Nullable OrderNumberColumns filler;

    @Column(name = "accession")
    private @Nullable String accession;

    @Column(name = "step_id")
    private String stepId;

    @Column(name = "control")
    private String control;

    @Embedded
    @AttributeOverride(name = "sender", column = @Column(name = "sender"))
    @AttributeOverride(name = "transactionTime", column = @Column(name = "transaction_time"))
    @AttributeOverride(name = "messageTime", column = @Column(name = "message_time"))
    private LastWordColumns word;

    @Column(name = "received_at")
    private Instant receivedAt;

    protected EarlyStopEntity() {}

    EarlyStopEntity(EarlyStop stop) {
        id = stop.id();
        placer = OrderNumberColumns.of(stop.placer());
        filler = OrderNumberColumns.of(stop.filler());
        AccessionNumber number = stop.accession();
        accession = number == null ? null : number.key();
        stepId = ColumnText.storable(stop.stepId());
        control = ColumnText.storable(stop.control());
        word = LastWordColumns.of(stop.word());
        receivedAt = stop.receivedAt();
    }

    EarlyStop toStop() {
        return new EarlyStop(
                id,
                OrderNumberColumns.toNumber(placer),
                OrderNumberColumns.toNumber(filler),
                accession == null ? null : AccessionNumber.ofKey(accession),
                stepId,
                control,
                word.toWord().orElseThrow(),
                receivedAt);
    }
}
