package io.collimator.persistence;

import io.collimator.dicom.data.Uid;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.LastWord;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.OrderedStep;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.Accessions;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code accession}. */
@Entity
@Table(name = "accession")
@Access(AccessType.FIELD)
@SuppressWarnings("NullAway.Init")
class AccessionEntity {

    @Id
    private String number;

    @Column(name = "patient_id")
    private String patientId;

    @Column(name = "patient_issuer")
    private @Nullable String patientIssuer;

    @Column(name = "patient_name")
    private String patientName;

    @Column(name = "birth_date")
    private String birthDate;

    @Column(name = "sex")
    private String sex;

    @Column(name = "study_instance_uid")
    private @Nullable String studyInstanceUid;

    @Column(name = "requested_procedure_id")
    private @Nullable String requestedProcedureId;

    @Column(name = "placer_number")
    private @Nullable String placerNumber;

    @Column(name = "placer_namespace")
    private @Nullable String placerNamespace;

    @Column(name = "filler_number")
    private @Nullable String fillerNumber;

    @Column(name = "filler_namespace")
    private @Nullable String fillerNamespace;

    @Enumerated(EnumType.STRING)
    @Column(name = "order_status", columnDefinition = "varchar(16)")
    private @Nullable OrderStatus orderStatus;

    @Enumerated(EnumType.STRING)
    @Column(name = "procedure_state", columnDefinition = "varchar(16)")
    private ProcedureState procedureState;

    @Enumerated(EnumType.STRING)
    @Column(name = "custody_state", columnDefinition = "varchar(16)")
    private CustodyState custodyState;

    @Embedded
    @AttributeOverride(name = "sender", column = @Column(name = "order_sender"))
    @AttributeOverride(name = "transactionTime", column = @Column(name = "order_transaction_time"))
    @AttributeOverride(name = "messageTime", column = @Column(name = "order_message_time"))
    private @Nullable LastWordColumns orderWord;

    @Embedded
    @AttributeOverride(name = "sender", column = @Column(name = "appointment_sender"))
    @AttributeOverride(name = "transactionTime", column = @Column(name = "appointment_transaction_time"))
    @AttributeOverride(name = "messageTime", column = @Column(name = "appointment_message_time"))
    private @Nullable LastWordColumns appointmentWord;

    @Embedded
    @AttributeOverride(name = "number", column = @Column(name = "parent_placer_number"))
    @AttributeOverride(name = "namespace", column = @Column(name = "parent_placer_namespace"))
    private @Nullable OrderNumberColumns parentPlacer;

    @Embedded
    @AttributeOverride(name = "number", column = @Column(name = "parent_filler_number"))
    @AttributeOverride(name = "namespace", column = @Column(name = "parent_filler_namespace"))
    private @Nullable OrderNumberColumns parentFiller;

    @Column(name = "sent_fields")
    private @Nullable String sentFields;

    @Column(name = "forgotten_at")
    private @Nullable Instant forgottenAt;

    protected AccessionEntity() {}

    AccessionEntity(AccessionNumber number) {
        this.number = number.key();
    }

    void apply(Accession accession) {
        Patient patient = accession.patient();
        patientId = ColumnText.storable(patient.id().id());
        patientIssuer = storable(patient.id().issuer());
        patientName = ColumnText.storable(patient.name());
        birthDate = ColumnText.storable(patient.birthDate());
        sex = ColumnText.storable(patient.sex());
        Uid study = accession.studyInstanceUid();
        studyInstanceUid = study == null ? null : study.value();
        requestedProcedureId = storable(accession.requestedProcedureId());
        OrderNumber placer = accession.placer();
        placerNumber = placer == null ? null : ColumnText.storable(placer.number());
        placerNamespace = placer == null ? null : storable(placer.issuer());
        OrderNumber filler = accession.filler();
        fillerNumber = filler == null ? null : ColumnText.storable(filler.number());
        fillerNamespace = filler == null ? null : storable(filler.issuer());
        orderStatus = accession.orderStatus();
        procedureState = accession.procedureState();
        custodyState = accession.custodyState();
    }

    Accession toAccession() {
        return new Accession(
                AccessionNumber.ofKey(number),
                new Patient(new PatientId(patientId, patientIssuer), patientName, birthDate, sex),
                studyInstanceUid == null ? null : new Uid(studyInstanceUid),
                requestedProcedureId,
                placerNumber == null ? null : new OrderNumber(placerNumber, placerNamespace),
                fillerNumber == null ? null : new OrderNumber(fillerNumber, fillerNamespace),
                orderStatus,
                procedureState,
                custodyState);
    }

    Optional<LastWord> lastWord(Accessions.Subject subject) {
        LastWordColumns columns = switch (subject) {
            case ORDER -> orderWord;
            case APPOINTMENT -> appointmentWord;
        };
        return Optional.ofNullable(columns).flatMap(LastWordColumns::toWord);
    }

    void heard(Accessions.Subject subject, LastWord word) {
        switch (subject) {
            case ORDER -> orderWord = LastWordColumns.of(word);
            case APPOINTMENT -> appointmentWord = LastWordColumns.of(word);
        }
    }

    SentFields sent() {
        return sentFields == null ? SentFields.NONE : new SentFields(NamedValues.read(sentFields));
    }

    void keep(SentFields sent) {
        sentFields = sent.values().isEmpty() ? null : NamedValues.write(sent.values());
    }

    Optional<Instant> forgottenAt() {
        return Optional.ofNullable(forgottenAt);
    }

    void forgotten(Instant at) {
        forgottenAt = at;
        keep(sent().ofSender());
    }

    Optional<OrderedStep.ParentOrder> parent() {
        OrderedStep.ParentOrder parent = new OrderedStep.ParentOrder(
                OrderNumberColumns.toNumber(parentPlacer), OrderNumberColumns.toNumber(parentFiller));
        return Optional.of(parent).filter(OrderedStep.ParentOrder::isNamed);
    }

    void adopt(OrderedStep.ParentOrder parent) {
        parentPlacer = OrderNumberColumns.of(parent.placer());
        parentFiller = OrderNumberColumns.of(parent.filler());
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : ColumnText.storable(text);
    }
}
