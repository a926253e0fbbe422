package io.collimator.engine.reload;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.engine.messaging.NoticeFormat;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.CustodyState;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderStatus;
import io.collimator.workflow.order.SentFields;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.performed.ProcedureState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The {@code collimator.status} text that a new order would bring, with an id and a time that are always the same. */
public final class StatusPreview {

    private static final UUID ID = new UUID(0, 0);
    private static final Instant TIME = Instant.parse("2000-01-01T00:00:00Z");

    private final NoticeFormat format;

    public StatusPreview(NoticeFormat format) {
        this.format = format;
    }

    /**
     * The text, segments ended by LF; "" when the entry lacks what an order must have.
     *
     * @param sent of the order
     */
    String of(DataSet entry, SentFields sent) {
        Optional<PatientId> patientId = PatientId.in(entry);
        Optional<AccessionNumber> number = AccessionNumber.parse(entry.text(Tags.AccessionNumber));
        if (number.isEmpty() || patientId.isEmpty()) {
            return "";
        }
        try {
            Accession accession = new Accession(
                    number.get(),
                    new Patient(
                            patientId.get(),
                            entry.text(Tags.PatientName),
                            entry.text(Tags.PatientBirthDate),
                            entry.text(Tags.PatientSex)),
                    study(entry),
                    entry.text(Tags.RequestedProcedureID),
                    OrderNumber.in(
                                    entry,
                                    Tags.PlacerOrderNumberImagingServiceRequest,
                                    Tags.OrderPlacerIdentifierSequence)
                            .orElse(null),
                    OrderNumber.in(
                                    entry,
                                    Tags.FillerOrderNumberImagingServiceRequest,
                                    Tags.OrderFillerIdentifierSequence)
                            .orElse(null),
                    OrderStatus.SCHEDULED,
                    ProcedureState.SCHEDULED,
                    CustodyState.NONE);
            return format.encode(
                            ID,
                            TIME,
                            new Notice.Status(
                                    accession,
                                    Notice.Procedure.of(List.of(entry)),
                                    AssigningAuthority.ofPatient(entry).orElse(null),
                                    sent))
                    .replace('\r', '\n');
        } catch (DicomDataException | IllegalArgumentException invalid) {
            return ""; // such an order is refused, so that it has no status message
        }
    }

    private static @Nullable Uid study(DataSet entry) {
        String uid = entry.text(Tags.StudyInstanceUID);
        return uid.isBlank() ? null : new Uid(uid);
    }
}
