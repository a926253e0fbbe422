package io.collimator.hl7.outbound;

import io.collimator.hl7.outbound.MessageTemplate.Written;
import io.collimator.hl7.outbound.OrderStatusMessage.Header;
import io.collimator.hl7.outbound.OrderStatusMessage.Issuer;
import io.collimator.hl7.outbound.OrderStatusMessage.OrderNumber;
import io.collimator.hl7.outbound.OrderStatusMessage.Patient;
import io.collimator.hl7.outbound.OrderStatusMessage.Procedure;
import io.collimator.hl7.outbound.OutboundValidation.Wrong;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tries templates with a sample of each status, with and without the values that an order may lack, so that a template
 * whose messages would all go to the dead letters is found before it runs.
 */
public final class TemplateTrial {

    private static final OffsetDateTime TIME = OffsetDateTime.parse("2000-01-01T08:30:00Z");

    /** ORC-5 of each status, with its name for people. */
    private static final Map<String, String> STATUSES = statuses();

    private final OutboundValidation validation;

    /** @param validation that messages are judged by before they leave */
    public TemplateTrial(OutboundValidation validation) {
        this.validation = validation;
    }

    private record Sample(String name, String er7) {}

    /** What is wrong at one line, and what of the segment as it was written. */
    private record Place(int line, Wrong wrong, boolean isOptional) {}

    private record Seen(String found, Set<String> samples) {}

    /** What would keep messages of these templates from leaving; one problem for each place. */
    public List<TemplateProblem> problems(MessageTemplates templates) {
        List<Sample> samples = samples();
        List<TemplateProblem> problems = new ArrayList<>();
        new TreeSet<>(templates.names())
                .forEach(name ->
                        templates.find(name).ifPresent(template -> problems.addAll(problems(template, samples))));
        return problems;
    }

    private List<TemplateProblem> problems(MessageTemplate template, List<Sample> samples) {
        Map<Place, Seen> found = new LinkedHashMap<>();
        for (Sample sample : samples) {
            List<Written> written = template.lines(sample.er7());
            if (!OutboundValidation.isOrder(text(written))) {
                continue;
            }
            for (Wrong wrong : validation.wrongIn(text(written))) {
                Optional<Written> line = lineOf(wrong, written);
                found.computeIfAbsent(
                                new Place(
                                        line.map(at -> at.line().number()).orElse(0),
                                        line.map(at -> named(wrong, at)).orElse(wrong),
                                        line.filter(at -> at.line().optional()).isPresent()),
                                place -> new Seen(
                                        line.map(at -> valueOf(wrong, at)).orElse(""), new TreeSet<>()))
                        .samples()
                        .add(sample.name());
            }
        }
        return found.entrySet().stream()
                .map(entry -> problem(template.name(), entry.getKey(), entry.getValue(), samples.size()))
                .toList();
    }

    private static String text(List<Written> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\r'));
        return text.toString();
    }

    /** Where HAPI does not say which segment it is, the first one after which it does not take the message. */
    private Optional<Written> lineOf(Wrong wrong, List<Written> written) {
        if (!wrong.segment().isEmpty()) {
            return written.stream()
                    .filter(line -> line.text().startsWith(wrong.segment()))
                    .findFirst();
        }
        for (int count = 1; count < written.size(); count++) {
            if (validation.wrongIn(text(written.subList(0, count))).contains(wrong)) {
                return Optional.of(written.get(count - 1));
            }
        }
        return written.isEmpty() ? Optional.empty() : Optional.of(written.get(written.size() - 1));
    }

    private static Wrong named(Wrong wrong, Written line) {
        return wrong.segment().isEmpty() ? new Wrong(line.text().substring(0, 3), 0, "not where it belongs") : wrong;
    }

    private static String valueOf(Wrong wrong, Written line) {
        String[] fields = line.text().split("\\|", -1);
        int index = wrong.segment().equals("MSH") ? wrong.field() - 1 : wrong.field();
        return wrong.field() > 0 && index < fields.length ? fields[index] : "";
    }

    private static TemplateProblem problem(String template, Place place, Seen seen, int all) {
        Wrong wrong = place.wrong();
        String where = wrong.field() == 0 ? wrong.segment() : "%s-%d".formatted(wrong.segment(), wrong.field());
        String which = seen.samples().size() == all ? "every status" : "a status " + String.join(", ", seen.samples());
        return new TemplateProblem(
                MessageTemplates.fileOf(template),
                place.line(),
                where,
                seen.found(),
                "It is %s, so that %s would go to the dead letters. %s"
                        .formatted(wrong.reason(), which, fix(wrong, where, place)));
    }

    private static String fix(Wrong wrong, String where, Place place) {
        if (wrong.field() == 0) {
            return wrong.reason().startsWith("required")
                    ? "Add a line for it."
                    : "Move the segment to where the version has it, or take it out.";
        }
        boolean isFilled = !wrong.segment().equals("MSH")
                && QueuedMessage.FIELDS.getOrDefault(wrong.segment(), Set.of()).contains(wrong.field());
        String value = isFilled ? "Write {%s} there".formatted(where) : "Write what the version asks for there";
        return place.isOptional() || Set.of("MSH", "PID", "ORC", "OBR").contains(wrong.segment())
                ? value + "."
                : value + ", or begin the line with ? if its places may be empty.";
    }

    private static Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        statuses.put("SC", "scheduled");
        statuses.put("IP", "in progress");
        statuses.put("CM", "completed");
        statuses.put("DC", "discontinued");
        statuses.put("CA", "cancelled");
        return statuses;
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        STATUSES.forEach((status, name) -> {
            samples.add(new Sample(name, full(status).toEr7()));
            samples.add(
                    new Sample(name + " with required values only", bare(status).toEr7()));
        });
        return samples;
    }

    private static OrderStatusMessage full(String status) {
        Issuer issuer = new Issuer("NORTH", "1.2.3", "ISO");
        return new OrderStatusMessage(
                new Header("COLLIMATOR", "RADIOLOGY", "RIS", "NORTH", TIME, "1", "P"),
                new Patient("P-1", issuer, "Sample^Anna^Maria^Dr^Jr=王^小东", "19740312", "F"),
                new OrderNumber("ORD-1", issuer),
                new OrderNumber("FIL-1", issuer),
                status,
                TIME,
                new Procedure("ACC-1", "RP-1", "CTH", "CT head", "99NORTH", "SPS-1", "CT", "1.2.3"),
                Map.of(
                        "PID-2", "P-1",
                        "PID-3", "P-1^^^NORTH&1.2.3&ISO^MR~444-55^^^GOV^SS",
                        "PID-18", "ACCOUNT-1^^^NORTH^AN",
                        "PV1-2", "I",
                        "PV1-3", "WARD^12^2^NORTH&1.2.3&ISO",
                        "PV1-8", "17^Sender^Robin^^^Dr^^^NORTH",
                        "PV1-10", "RAD",
                        "PV1-19", "V-1^^^NORTH^VN",
                        "OBR-4", "CTH^CT head^99NORTH^30799-1^CT head^LN"));
    }

    private static OrderStatusMessage bare(String status) {
        return new OrderStatusMessage(
                new Header("COLLIMATOR", "", "", "", TIME, "1", "P"),
                new Patient("P-1", Issuer.NONE, "Sample", "", ""),
                new OrderNumber("", Issuer.NONE),
                new OrderNumber("FIL-1", Issuer.NONE),
                status,
                TIME,
                new Procedure("ACC-1", "ACC-1", "ACC-1", "", "", "SPS-1", "CT", "1.2.3"),
                Map.of());
    }
}
