package io.collimator.engine.messaging;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Receiver;
import io.collimator.engine.config.Receivers;
import io.collimator.hl7.outbound.OrderStatusMessage;
import io.collimator.hl7.outbound.OrderStatusMessage.Issuer;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.outbox.OutboxMessage.Orderer;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.performed.ProcedureState;
import io.collimator.workflow.port.NoticeEncoder;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Notices as the contract promises them: HL7 {@code ORM^O01} for status changes, results as they came, CloudEvents 1.0 for
 * everything else.
 */
public final class NoticeFormat implements NoticeEncoder {

    private static final int CONTROL_ID_FIELD = 10;
    private static final int CONTROL_ID_LENGTH = 20;
    private static final int CONTROL_ID_RADIX = 36;

    private final CloudEvents cloudEvents;
    private final Correspondents correspondents;
    private final Receivers receivers;
    private final ZoneId zone;

    /**
     * MSH-3 to MSH-6 and MSH-11 of status messages.
     *
     * @param processingId P, T or D
     */
    public record Correspondents(
            String sendingApplication,
            String sendingFacility,
            String receivingApplication,
            String receivingFacility,
            String processingId) {

        private Correspondents to(Receiver receiver) {
            return new Correspondents(
                    sendingApplication,
                    sendingFacility,
                    receiver.form().receivingApplication(),
                    receiver.form().receivingFacility(),
                    processingId);
        }
    }

    /** @param zone of the times in HL7 messages; events are in UTC */
    public NoticeFormat(AeTitle aeTitle, Correspondents correspondents, ZoneId zone) {
        this(aeTitle, correspondents, Receivers.NONE, zone);
    }

    private NoticeFormat(AeTitle aeTitle, Correspondents correspondents, Receivers receivers, ZoneId zone) {
        this.cloudEvents = new CloudEvents(aeTitle);
        this.correspondents = correspondents;
        this.receivers = receivers;
        this.zone = zone;
    }

    /** As the home configures it. */
    public static NoticeFormat of(EngineSettings settings) {
        return new NoticeFormat(
                settings.dicom().aeTitle(),
                new Correspondents(
                        settings.hl7().sendingApplication(),
                        settings.hl7().sendingFacility(),
                        settings.statusDelivery().receivingApplication(),
                        settings.statusDelivery().receivingFacility(),
                        settings.hl7().ownProcessingId()),
                settings.receivers(),
                settings.zone());
    }

    @Override
    public List<String> queues(String queue, String eventType, Orderer orderer) {
        return receivers.queues(queue, eventType, orderer.application(), orderer.facility());
    }

    @Override
    public String encode(UUID id, Instant at, Notice notice, String queue) {
        Optional<Receiver> receiver = receivers.ofQueue(queue);
        return notice instanceof Notice.Status status && receiver.isPresent()
                ? status(id, at, status, correspondents.to(receiver.get())).toEr7()
                : encode(id, at, notice);
    }

    @Override
    public String encode(UUID id, Instant at, Notice notice) {
        if (notice instanceof Notice.Status status) {
            return status(id, at, status, correspondents).toEr7();
        } else if (notice instanceof Notice.Event event) {
            return cloudEvents.event(id, at, event);
        } else if (notice instanceof Notice.Problem problem) {
            return cloudEvents.problem(id, at, problem.exception());
        } else if (notice instanceof Notice.PatientUpdated updated) {
            return cloudEvents.patientUpdated(id, at, updated);
        } else if (notice instanceof Notice.PatientMerged merged) {
            return cloudEvents.patientMerged(id, at, merged);
        } else if (notice instanceof Notice.Result result) {
            return result.further() ? withControlId(result.text(), controlId(id)) : result.text();
        }
        throw new IllegalStateException("Notice of an unknown kind: " + notice.getClass());
    }

    private OrderStatusMessage status(UUID id, Instant at, Notice.Status status, Correspondents between) {
        Accession accession = status.accession();
        OffsetDateTime time = at.atZone(zone).toOffsetDateTime();
        return new OrderStatusMessage(
                new OrderStatusMessage.Header(
                        between.sendingApplication(),
                        between.sendingFacility(),
                        between.receivingApplication(),
                        between.receivingFacility(),
                        time,
                        controlId(id),
                        between.processingId()),
                patient(accession.patient(), status.patientAuthority()),
                number(accession.placer()),
                number(accession.filler()),
                code(accession.procedureState()),
                time,
                procedure(accession, status.procedure()),
                status.sent().values());
    }

    /** OBR-4 is required: where neither code nor text is known, the number of the procedure names it. */
    private static OrderStatusMessage.Procedure procedure(Accession accession, Notice.Procedure ordered) {
        String id = orEmpty(accession.requestedProcedureId());
        boolean isNamed = !ordered.code().isEmpty() || !ordered.text().isEmpty();
        String number = id.isEmpty() ? accession.number().value() : id;
        return new OrderStatusMessage.Procedure(
                accession.number().value(),
                id,
                isNamed ? ordered.code() : number,
                ordered.text(),
                ordered.scheme(),
                ordered.stepId(),
                ordered.modality(),
                accession.studyInstanceUid() == null
                        ? ""
                        : accession.studyInstanceUid().value());
    }

    /** ORC-5, HL7 table 0038. */
    private static String code(ProcedureState state) {
        return switch (state) {
            case SCHEDULED -> "SC";
            case IN_PROGRESS -> "IP";
            case COMPLETED -> "CM";
            case DISCONTINUED -> "DC";
            case CANCELLED -> "CA";
        };
    }

    private static OrderStatusMessage.Patient patient(Patient patient, @Nullable AssigningAuthority authority) {
        return new OrderStatusMessage.Patient(
                patient.id().id(),
                issuer(Optional.ofNullable(authority).or(patient.id()::authority)),
                patient.name(),
                patient.birthDate(),
                patient.sex());
    }

    private static Issuer issuer(Optional<AssigningAuthority> authority) {
        return authority
                .map(known -> new Issuer(known.namespace(), known.universalId(), known.universalIdType()))
                .orElse(Issuer.NONE);
    }

    private static OrderStatusMessage.OrderNumber number(@Nullable OrderNumber number) {
        return number == null
                ? new OrderStatusMessage.OrderNumber("", Issuer.NONE)
                : new OrderStatusMessage.OrderNumber(number.number(), issuer(number.authority()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A receiver that knows messages by MSH-10 alone would take a further part for the first one again. */
    private static String withControlId(String er7, String controlId) {
        int end = er7.indexOf('\r');
        String separator = er7.substring(3, 4);
        List<String> header = new ArrayList<>(List.of(er7.substring(0, end).split(Pattern.quote(separator), -1)));
        while (header.size() < CONTROL_ID_FIELD) {
            header.add("");
        }
        header.set(CONTROL_ID_FIELD - 1, controlId);
        return String.join(separator, header) + er7.substring(end);
    }

    /** MSH-10: as much of an id as fits its 20 characters, so that a message sent again has the same one. */
    public static String controlId(UUID id) {
        String digits = new BigInteger(id.toString().replace("-", ""), 16).toString(CONTROL_ID_RADIX);
        return digits.length() <= CONTROL_ID_LENGTH ? digits : digits.substring(digits.length() - CONTROL_ID_LENGTH);
    }
}
