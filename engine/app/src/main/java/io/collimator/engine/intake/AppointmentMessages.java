package io.collimator.engine.intake;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.AppointmentItem;
import io.collimator.mapping.MappedAppointment;
import io.collimator.mapping.OrderNumbers;
import io.collimator.workflow.appointment.AppointmentEvent;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.appointment.AppointmentMessage.BookedOrder;
import io.collimator.workflow.appointment.AppointmentMessage.OrderKeys;
import io.collimator.workflow.appointment.AppointmentMessage.Service;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.usecase.AcceptAppointment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SIU: appointments of orders. */
public final class AppointmentMessages implements MessageHandler {

    /** AIS-2, table 0206. */
    private static final String DELETED = "D";

    private static final String UNCHANGED = "X";

    private final AcceptAppointment acceptAppointment;

    public AppointmentMessages(AcceptAppointment acceptAppointment) {
        this.acceptAppointment = acceptAppointment;
    }

    @Override
    public HandledMessage handle(MessageToHandle request) {
        MappedAppointment mapped = request.mapping().mapAppointment(request.message(), request.profile());
        try {
            AcceptAppointment.Accepted accepted = acceptAppointment.accept(new AppointmentMessage(
                    request.reception(mapped.sent(), mapped.warnings()),
                    orders(mapped),
                    mapped.patient().map(PatientMessages::patientId).orElse(null),
                    request.terms().noShow()));
            return new HandledMessage(
                    accepted.receipt(),
                    accepted.repetition(),
                    accepted.accessions().containsValue(AcceptAppointment.Verdict.STALE),
                    null,
                    mapped.warnings());
        } catch (OrderRefusedException e) {
            throw Refusals.of(e);
        }
    }

    private static List<BookedOrder> orders(MappedAppointment mapped) {
        AppointmentEvent event = event(mapped.event());
        Map<OrderNumbers, List<Service>> orders = new LinkedHashMap<>();
        for (AppointmentItem item : mapped.items()) {
            List<Service> services = orders.computeIfAbsent(item.numbers(), numbers -> new ArrayList<>());
            if (!item.action().equalsIgnoreCase(UNCHANGED)) {
                services.add(service(item, event));
            }
        }
        List<BookedOrder> booked = new ArrayList<>();
        orders.forEach((numbers, services) -> booked.add(new BookedOrder(keys(numbers), services)));
        return booked;
    }

    private static OrderKeys keys(OrderNumbers numbers) {
        return new OrderKeys(
                OrderMessages.number(numbers.placer(), numbers.placerIssuer()),
                OrderMessages.number(numbers.filler(), numbers.fillerIssuer()),
                null);
    }

    private static Service service(AppointmentItem item, AppointmentEvent event) {
        String status =
                item.attributes().item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepStatus);
        boolean isDeleted = item.action().equalsIgnoreCase(DELETED);
        return new Service(
                event.schedules() ? eventOf(isDeleted ? "CANCELLED" : status, event) : event,
                status.equals("ARRIVED"),
                item.attributes());
    }

    /** A service may be booked, changed and called off in one message. */
    private static AppointmentEvent eventOf(String status, AppointmentEvent event) {
        return switch (status) {
            case "CANCELLED" -> AppointmentEvent.CANCEL;
            case "DELETED" -> AppointmentEvent.DELETE;
            case "NO_SHOW" -> AppointmentEvent.NO_SHOW;
            default -> event;
        };
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
