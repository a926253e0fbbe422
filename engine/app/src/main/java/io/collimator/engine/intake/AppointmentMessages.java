package io.collimator.engine.intake;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.AppointmentItem;
import io.collimator.mapping.MappedAppointment;
import io.collimator.workflow.appointment.AppointmentEvent;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.appointment.AppointmentMessage.OrderKeys;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.usecase.AcceptAppointment;
import java.util.List;

/** SIU: appointments of orders. */
public final class AppointmentMessages implements MessageHandler {

    private final AcceptAppointment acceptAppointment;

    public AppointmentMessages(AcceptAppointment acceptAppointment) {
        this.acceptAppointment = acceptAppointment;
    }

    @Override
    public HandledMessage handle(MessageToHandle request) {
        MappedAppointment mapped = request.mapping().mapAppointment(request.message(), request.profile());
        AppointmentItem item = only(mapped.items());
        try {
            AcceptAppointment.Accepted accepted = acceptAppointment.accept(new AppointmentMessage(
                    request.reception(mapped.sent(), mapped.warnings()),
                    event(mapped.event()),
                    new OrderKeys(
                            OrderMessages.number(
                                    item.numbers().placer(), item.numbers().placerIssuer()),
                            OrderMessages.number(
                                    item.numbers().filler(), item.numbers().fillerIssuer()),
                            null),
                    mapped.patient().map(PatientMessages::patientId).orElse(null),
                    null,
                    step(item),
                    request.terms().noShow()));
            return new HandledMessage(
                    accepted.repetition(),
                    accepted.accessions().containsValue(AcceptAppointment.Verdict.STALE),
                    null,
                    mapped.warnings());
        } catch (OrderRefusedException e) {
            throw Refusals.of(e);
        }
    }

    private static DataSet step(AppointmentItem item) {
        return item.attributes().item(Tags.ScheduledProcedureStepSequence);
    }

    /** All or nothing, and one order is what an appointment is of. */
    private static AppointmentItem only(List<AppointmentItem> items) {
        if (items.size() != 1) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    ErrorLocation.ofField("SCH", 27),
                    "SCH names %d orders; send the appointment of each order in a message of its own."
                            .formatted(items.size()));
        }
        return items.get(0);
    }

    private static AppointmentEvent event(String trigger) {
        return switch (trigger) {
            case "S12" -> AppointmentEvent.NEW;
            case "S13" -> AppointmentEvent.RESCHEDULE;
            case "S14" -> AppointmentEvent.MODIFY;
            case "S15" -> AppointmentEvent.CANCEL;
            case "S17" -> AppointmentEvent.DELETE;
            case "S26" -> AppointmentEvent.NO_SHOW;
            default ->
                throw Hl7RejectedException.rejected(
                        ErrorCode.UNSUPPORTED_EVENT_CODE,
                        ErrorLocation.ofField("MSH", 9),
                        "MSH-9 names an event of appointments that is not served; send S12, S13, S14, S15, S17 or S26.");
        };
    }
}
