package io.collimator.engine.cli.view;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.engine.reload.OrderTrial;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.mapping.AppointmentItem;
import io.collimator.mapping.EmptyKey;
import io.collimator.mapping.Explanation;
import io.collimator.mapping.IgnoredOrders;
import io.collimator.mapping.MappedAppointment;
import io.collimator.mapping.MappedMessage;
import io.collimator.mapping.MappedPatient;
import io.collimator.mapping.MappedPatients;
import io.collimator.mapping.MappedStep;
import io.collimator.mapping.MappingSet;
import io.collimator.mapping.MappingWarning;
import io.collimator.mapping.OrderControlRow;
import io.collimator.mapping.PatientIdentifier;
import io.collimator.mapping.Provenance;
import io.collimator.mapping.SenderProfile;
import io.collimator.workflow.worklist.StepStart;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a message becomes, value by value with its reason, for people. */
public final class MappedText {

    private static final int MAX_COLUMN = 60;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    /** Reasons of a value that was sent and led to nothing. */
    private static final Set<EmptyKey.Reason> IN_VAIN = EnumSet.complementOf(EnumSet.of(
            EmptyKey.Reason.NO_RULE,
            EmptyKey.Reason.BY_ENGINE,
            EmptyKey.Reason.SOURCE_EMPTY,
            EmptyKey.Reason.CONDITION_FALSE));

    private final PrintWriter out;
    private final OrderTrial orders;
    private final LocalTime timeWhenOnlyADate;

    /**
     * Prints there.
     *
     * @param orders what the engine would say of an order, beside the mapping
     * @param timeWhenOnlyADate start time that the worklist answers for a step that has only a date
     */
    public MappedText(PrintWriter out, OrderTrial orders, LocalTime timeWhenOnlyADate) {
        this.out = out;
        this.orders = orders;
        this.timeWhenOnlyADate = timeWhenOnlyADate;
    }

    /** @throws io.collimator.hl7.outcome.Hl7RejectedException when the message would be refused; what it maps to is printed */
    public void print(Hl7Message message, MappingSet mapping, SenderProfile sender) {
        out.printf("%s · sender profile %s%n", Printable.of(message.kind()), sender.name());
        IgnoredOrders ignored = mapping.ignoredOrders(message);
        if (sender.ignores(message.headers())) {
            out.printf(
                    "Ignored: the block of %s in mapping/senders.yaml lists it. It is acknowledged and changes nothing.%n",
                    sender.name());
            return;
        } else if (!ignored.isEmpty()) {
            out.printf(
                    "Ignored by %s, unless the message names an order or accession that is known: %s. It is acknowledged and changes nothing.%n",
                    ignored.rows(), ignored.isWhole() ? "the message" : "some of its orders");
        }
        if (ignored.isWhole()) {
            return;
        }
        switch (message.headers().messageType()) {
            case "ADT" -> print(mapping.mapPatient(message, sender));
            case "SIU" -> print(mapping.mapAppointment(message, sender));
            case "ORU" ->
                out.println(
                        "A result: goes to collimator.results as it came; linked to its accession where that is known.");
            default -> {
                MappedMessage mapped = mapping.map(message, sender, ignored);
                print(mapped);
                orders.check(message, mapped, sender);
            }
        }
    }

    private void print(MappedMessage mapped) {
        int number = 0;
        for (MappedStep step : mapped.steps()) {
            number++;
            out.printf("Step %d of %d · %s%n", number, mapped.steps().size(), control(step));
            print(step.provenance(), true);
            printStart(step.complete().item(Tags.ScheduledProcedureStepSequence));
        }
        print(mapped.warnings());
    }

    private static String control(MappedStep step) {
        OrderControlRow row = step.event().row();
        String status = step.event().status();
        return "order control %s%s: %s%s (mapping/tables/order-control.csv%s)"
                .formatted(
                        Printable.of(step.orderControl()),
                        status.isEmpty() ? "" : ", status " + Printable.of(status),
                        words(row.action().name()),
                        row.stepStatus().isEmpty() ? "" : ", step becomes " + row.stepStatus(),
                        row.line() > 0 ? ":" + row.line() : "");
    }

    private void print(MappedPatients patients) {
        for (MappedPatient patient : patients.patients()) {
            String prior = patient.prior()
                    .map(given -> ", takes the place of " + text(given))
                    .orElse("");
            out.printf("Patient %s · event %s%s%n", text(patient.identifier()), patients.event(), prior);
            print(patient.provenance(), false);
        }
        print(patients.warnings());
    }

    private void print(MappedAppointment appointment) {
        for (AppointmentItem item : appointment.items()) {
            out.printf(
                    "Appointment %s · event %s%s%n",
                    Printable.of(
                            appointment.fillerAppointment().isEmpty()
                                    ? appointment.placerAppointment()
                                    : appointment.fillerAppointment()),
                    appointment.event(),
                    item.action().isEmpty() ? "" : " · AIS-2 " + Printable.of(item.action()));
            print(item.provenance(), false);
            printStart(item.attributes().item(Tags.ScheduledProcedureStepSequence));
        }
        print(appointment.warnings());
    }

    private void printStart(DataSet step) {
        if (StepStart.isOnlyADate(step)) {
            out.printf(
                    "  assumed: ScheduledProcedureStepStartTime: the message says only a date; %s is answered (collimator.worklist.time-when-only-a-date), and every time of that day finds it%n",
                    TIME.format(timeWhenOnlyADate));
        }
    }

    private static String text(PatientIdentifier identifier) {
        String issuer = identifier.namespace().isEmpty() ? identifier.universalId() : identifier.namespace();
        return Printable.of(identifier.id() + (issuer.isEmpty() ? "" : " of " + issuer));
    }

    private void print(Provenance provenance, boolean isEntry) {
        List<Explanation> explanations = provenance.explanations();
        int path = width(explanations.stream().map(Explanation::path).toList());
        int value = width(explanations.stream().map(MappedText::value).toList());
        for (Explanation explanation : explanations) {
            out.printf(
                    "  %s  %s  %s%n",
                    padded(explanation.path(), path), padded(value(explanation), value), why(explanation));
        }
        // of a patient and of an appointment only what was sent is of interest
        provenance.emptyKeys().stream()
                .filter(key -> isEntry || IN_VAIN.contains(key.reason()))
                .forEach(this::print);
    }

    /** {@code OBR-24 "NMR" by modality (base, mapping/definitions/…:12), row mapping/tables/modalities.csv:4}. */
    private static String why(Explanation explanation) {
        List<String> parts = new ArrayList<>();
        String raw = Printable.of(explanation.raw());
        parts.add(explanation.source()
                + (raw.isEmpty() || raw.equals(value(explanation)) ? "" : " \"" + raw + "\"")
                + " by " + explanation.ruleId()
                + " (" + words(explanation.layer().name()) + " " + explanation.file() + ":" + explanation.line() + ")");
        if (!explanation.converter().isEmpty()) {
            parts.add("as " + explanation.converter());
        }
        if (!explanation.tableRow().isEmpty()) {
            parts.add("row " + explanation.tableRow());
        }
        if (explanation.onlyIfEmpty()) {
            parts.add("only where the entry has no value");
        }
        return String.join(", ", parts);
    }

    private void print(EmptyKey key) {
        out.printf(
                "  empty: %s: %s%s%n",
                key.keyword(), Printable.of(key.text()), key.ruleId().isEmpty() ? "" : " (" + key.ruleId() + ")");
    }

    private void print(List<MappingWarning> warnings) {
        warnings.forEach(warning -> out.println("warning: " + Printable.of(warning.toString())));
    }

    private static String value(Explanation explanation) {
        return explanation.value().isEmpty() ? "(cleared)" : Printable.of(explanation.value());
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static int width(List<String> texts) {
        return Math.min(
                MAX_COLUMN, texts.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
