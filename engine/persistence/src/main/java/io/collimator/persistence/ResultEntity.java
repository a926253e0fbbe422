package io.collimator.persistence;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.result.StoredResult;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code result}. */
@Entity
@Table(name = "result")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class ResultEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "result_seq")
    @SequenceGenerator(name = "result_seq", sequenceName = "result_seq", allocationSize = 1)
    @SuppressWarnings("UnusedVariable") // the order of insertion
    private long seq;

    @Column(name = "sender")
    private String sender;

    @Column(name = "control_id")
    private String controlId;

    @Column(name = "received_at")
    private Instant receivedAt;

    @Column(name = "placer_number")
    private @Nullable String placerNumber;

    @Column(name = "placer_namespace")
    private @Nullable String placerNamespace;

    @Column(name = "filler_number")
    private @Nullable String fillerNumber;

    @Column(name = "filler_namespace")
    private @Nullable String fillerNamespace;

    @Column(name = "accession_named")
    private @Nullable String accessionNamed;

    @Column(name = "accession")
    private @Nullable String accession;

    @Column(name = "procedure_code")
    private String procedure;

    @Enumerated(EnumType.STRING)
    @Column(name = "status", columnDefinition = "varchar(16)")
    private ResultStatus status;

    @Column(name = "reported_at")
    private @Nullable Instant reportedAt;

    @Column(name = "patient_id")
    private @Nullable String patientId;

    /** Empty when the patient has a number without issuer. */
    @Column(name = "patient_issuer")
    private @Nullable String patientIssuer;

    @Column(name = "forwarded")
    private boolean forwarded;

    protected ResultEntity() {}

    ResultEntity(StoredResult stored) {
        ReportedResult result = stored.result();
        sender = ColumnText.storable(stored.sender());
        controlId = controlIdOf(stored.controlId());
        receivedAt = stored.receivedAt();
        placerNumber = numberOf(result.placer());
        placerNamespace = namespaceOf(result.placer());
        fillerNumber = numberOf(result.filler());
        fillerNamespace = namespaceOf(result.filler());
        accessionNamed = valueOf(result.accession());
        accession = valueOf(stored.accession());
        procedure = ColumnText.storable(result.procedure());
        status = result.status();
        reportedAt = result.reportedAt();
        PatientId patient = stored.patient();
        patientId = patient == null ? null : ColumnText.storable(patient.id());
        patientIssuer = patient == null ? null : ColumnText.storable(patient.issuerOrEmpty());
        forwarded = stored.forwarded();
    }

    /** As the column has it. */
    static String controlIdOf(String controlId) {
        return ColumnText.cut(controlId, ReceivedMessageEntity.MAX_CONTROL_ID);
    }

    StoredResult toResult() {
        return new StoredResult(
                sender,
                controlId,
                receivedAt,
                new ReportedResult(
                        orderNumber(placerNumber, placerNamespace),
                        orderNumber(fillerNumber, fillerNamespace),
                        accessionNamed == null ? null : AccessionNumber.ofKey(accessionNamed),
                        procedure,
                        status,
                        reportedAt),
                accession == null ? null : AccessionNumber.ofKey(accession),
                patientId == null ? null : new PatientId(patientId, patientIssuer),
                forwarded);
    }

    private static @Nullable String numberOf(@Nullable OrderNumber number) {
        return number == null ? null : ColumnText.storable(number.number());
    }

    private static @Nullable String namespaceOf(@Nullable OrderNumber number) {
        return number == null || number.issuer() == null ? null : ColumnText.storable(number.issuer());
    }

    private static @Nullable OrderNumber orderNumber(@Nullable String number, @Nullable String namespace) {
        return number == null ? null : new OrderNumber(number, namespace);
    }

    private static @Nullable String valueOf(@Nullable AccessionNumber number) {
        return number == null ? null : number.key();
    }
}
