package io.collimator.hl7.outbound;

import io.collimator.hl7.outbound.MessageTemplate.Line;
import io.collimator.hl7.outbound.MessageTemplate.Literal;
import io.collimator.hl7.outbound.MessageTemplate.Part;
import io.collimator.hl7.outbound.MessageTemplate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one template and names what is wrong in it, line by line. */
final class TemplateReader {

    private static final Pattern SEGMENT = Pattern.compile("[A-Z][A-Z0-9]{2}\\|.*");
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern NAME = Pattern.compile("([A-Z][A-Z0-9]{2})-(\\d{1,2})(?:\\.(\\d{1,2}))?");
    private static final String ENCODING = "MSH|^~\\&|";

    private final String file;
    private final List<TemplateProblem> problems;
    private final List<Line> lines = new ArrayList<>();

    TemplateReader(String file, List<TemplateProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    MessageTemplate read(String name, String text) {
        int number = 0;
        for (String line : text.split("\\r\\n|\\r|\\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                boolean optional = line.startsWith("?");
                String segment = (optional ? line.substring(1) : line).strip();
                checkSegment(segment, number);
                lines.add(new Line(number, optional, parts(segment, number)));
            }
        }
        if (lines.isEmpty()) {
            problem(0, "MSH", "", "The template is empty; write the segments of the message, MSH first.");
        }
        return new MessageTemplate(name, lines);
    }

    private void checkSegment(String segment, int number) {
        if (!SEGMENT.matcher(segment).matches()) {
            problem(
                    number,
                    "segment",
                    shortened(segment),
                    "Write a segment name and |, a comment after #, or ? before a segment that is left out when its places are empty.");
        }
        if (lines.isEmpty()) {
            if (!segment.startsWith(ENCODING)) {
                problem(number, "MSH", shortened(segment), "A template begins with %s.".formatted(ENCODING));
                return;
            }
            String[] fields = segment.split("\\|", -1);
            String version = fields.length > 11 ? fields[11] : "";
            if (!OutboundValidation.VERSIONS.contains(version)) {
                problem(
                        number,
                        "MSH-12",
                        version,
                        "Messages are judged before they leave; write one of the versions that can be: %s."
                                .formatted(String.join(", ", new TreeSet<>(OutboundValidation.VERSIONS))));
            }
        }
    }

    private List<Part> parts(String segment, int number) {
        List<Part> parts = new ArrayList<>();
        Matcher places = PLACE.matcher(segment);
        int from = 0;
        while (places.find()) {
            literal(segment.substring(from, places.start()), number, parts);
            boolean alone = isEnd(segment, places.start() - 1) && isEnd(segment, places.end());
            place(places.group(1), alone, number, parts);
            from = places.end();
        }
        literal(segment.substring(from), number, parts);
        return parts;
    }

    private static boolean isEnd(String segment, int at) {
        return at < 0 || at >= segment.length() || segment.charAt(at) == '|';
    }

    private void literal(String text, int number, List<Part> parts) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            problem(number, "place", shortened(text), "A brace has no partner; write places as {PID-3} or {PID-3.1}.");
        }
        if (!text.isEmpty()) {
            parts.add(new Literal(text));
        }
    }

    private void place(String text, boolean alone, int number, List<Part> parts) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            problem(
                    number,
                    "{" + shortened(text) + "}",
                    shortened(text),
                    "Write a field as {PID-3}, or a component of it as {PID-3.1}.");
            return;
        }
        String segment = name.group(1);
        int field = Integer.parseInt(name.group(2));
        int component = name.group(3) == null ? 0 : Integer.parseInt(name.group(3));
        Set<Integer> fields = QueuedMessage.FIELDS.getOrDefault(segment, Set.of());
        if (fields.isEmpty()) {
            problem(
                    number,
                    "{" + text + "}",
                    segment,
                    "The queued message has no such segment; it has: %s."
                            .formatted(String.join(", ", new TreeSet<>(QueuedMessage.FIELDS.keySet()))));
        } else if (!fields.contains(field) || (name.group(3) != null && component == 0)) {
            problem(
                    number,
                    "{" + text + "}",
                    text,
                    "The queued message does not fill it; of %s it fills: %s."
                            .formatted(segment, new TreeSet<>(fields)));
        } else if (component == 0 && !alone) {
            problem(
                    number,
                    "{" + text + "}",
                    text,
                    "A whole field stands alone between two |; write {%s.1} for its first component.".formatted(text));
        } else {
            parts.add(new Place(segment, field, component));
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private void problem(int line, String field, String found, String fix) {
        problems.add(new TemplateProblem(file, line, field, found, fix));
    }
}
