package io.collimator.persistence;

import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.EarlyStop;
import io.collimator.workflow.order.OrderNumber;
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

    @Column(name = "before_authorities")
    private boolean beforeAuthorities;

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

    /**
     * The stop as the order with these numbers names its own: of one that was stored before authorities were told apart,
     * only the namespaces were kept.
     */
    EarlyStop toStop(@Nullable OrderNumber ofPlacer, @Nullable OrderNumber ofFiller) {
        return stop(named(placer, ofPlacer), named(filler, ofFiller));
    }

    private @Nullable OrderNumber named(@Nullable OrderNumberColumns columns, @Nullable OrderNumber asked) {
        @Nullable OrderNumber known = OrderNumberColumns.toNumber(columns);
        return beforeAuthorities && asked != null && byNamespace(asked).equals(known) ? asked : known;
    }

    private static OrderNumber byNamespace(OrderNumber number) {
        return new OrderNumber(
                number.number(),
                number.authority().map(AssigningAuthority::namespace).orElse(number.issuer()));
    }

    private EarlyStop stop(@Nullable OrderNumber placerNumber, @Nullable OrderNumber fillerNumber) {
        return new EarlyStop(
                id,
                placerNumber,
                fillerNumber,
                accession == null ? null : AccessionNumber.ofKey(accession),
                stepId,
                control,
                word.toWord().orElseThrow(),
                receivedAt);
    }
}
