package io.collimator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every value of every field that a rule reads arrives, is told in a warning, or is a part that by its data type is
 * something else than the value.
 */
class NothingIsDroppedTest {

    private static final SenderAuthorities NOBODYS = new SenderAuthorities(
            AuthorityTable.empty(), SenderProfile.standard("default"), MappingSettings.of(ZoneOffset.UTC));

    /** Reasons that the rule or its table gives. */
    private static final Set<EmptyKey.Reason> SAID =
            EnumSet.of(EmptyKey.Reason.CONDITION_FALSE, EmptyKey.Reason.EMPTIED);

    private static final Set<String> TEXTS = Set.of("ST", "TX", "FT");

    /** Components that are no part of the value, by data type. */
    private static final Map<String, String> STRUCTURE = Map.ofEntries(
            Map.entry("CE CWE CNE IS ID: 1 2 3 4 5 6 7 8 9", "code, scheme, versions, alternate: one entry, said once"),
            Map.entry("CX: 2 3 4 5 6 7 8 9 10", "check digit, authority, type, facility, dates"),
            Map.entry("EI: 2 3 4", "authority"),
            Map.entry("HD: 2 3", "the universal name of what component 1 names"),
            Map.entry("XPN: 1 7 8 9 10 11 12 13", "parts of the family name, type, representation, validity"),
            Map.entry(
                    "XCN: 1 2 8 9 10 11 12 13 14 15 16 17 18 19 20 22 23",
                    "identifier, parts of the family name, authority, type"),
            Map.entry("XAD: 1", "street and number are parts of the street address, which stands before them"),
            Map.entry(
                    "XTN: 2 3 4 5 6 7 10 11 13 14 15 16 17 18",
                    "use and equipment; an e-mail address is no number; parts of the number, validity, preference"),
            Map.entry("PL: 1 2 3 4 5 6 7 8 9 10 11", "a place is told by one of its parts, or by the first of each"),
            Map.entry("TQ: 1 2 3 4 5 6 7 8 9 10 11 12", "each component is a field of its own; rules name them"),
            Map.entry("TS DTM: 2", "precision"),
            Map.entry("RP: 2 3 4", "application and kind of a pointer"),
            Map.entry("NDL: 2 3 4 5 6 7 8 9 10 11", "when and where, beside the person"));

    static List<Path> messages() throws IOException {
        try (Stream<Path> cases = Files.walk(Path.of("cases"));
                Stream<Path> own = Files.walk(Path.of("src/test/resources/messages"))) {
            return Stream.concat(cases, own)
                    .filter(file -> file.toString().endsWith(".hl7"))
                    .sorted()
                    .toList();
        }
    }

    /** What was made of one part of a message: of a step, a patient or an appointment. */
    private record Part(SourceReader reader, Provenance provenance) {}

    /** What the mapping says of a message. */
    private record Result(List<Part> parts, List<MappingWarning> warnings) {}

    @ParameterizedTest
    @MethodSource("messages")
    void every_value_arrives_or_is_told(Path file) throws IOException {
        Hl7Message message = Hl7Message.parse(Files.readString(file, StandardCharsets.ISO_8859_1)
                .strip()
                .replaceAll("\r?\n", "\r")
                .getBytes(StandardCharsets.ISO_8859_1));
        Result result;
        try {
            result = map(message);
        } catch (Hl7RejectedException refused) {
            return; // the sender knows
        }
        List<String> dropped = new ArrayList<>();
        for (Part part : result.parts()) {
            Definition definition = definition(message);
            for (Rule rule : definition.rules()) {
                for (Source source : rule.sources()) {
                    if (source instanceof Source.Field field && isAsked(rule, field, part)) {
                        dropped.addAll(dropped(field, part, result.warnings()));
                    }
                }
            }
        }
        assertThat(dropped.stream().distinct()).isEmpty();
    }

    /**
     * A rule whose condition does not hold, a source that another one went before, and a code of which the table says that
     * there is no value lose nothing.
     */
    private static boolean isAsked(Rule rule, Source.Field field, Part part) {
        boolean isDenied = part.provenance().emptyKeys().stream()
                .anyMatch(key -> SAID.contains(key.reason())
                        && key.keyword().equals(rule.target().name()));
        boolean isPreceded = part.provenance().explanations().stream()
                .anyMatch(made -> made.keyword().equals(rule.target().name())
                        && !made.value().isEmpty()
                        && !made.isFrom(field));
        return !isDenied && !isPreceded;
    }

    private static List<String> dropped(Source.Field field, Part part, List<MappingWarning> warnings) {
        List<String> dropped = new ArrayList<>();
        for (Hl7Segment segment : part.reader().segments(field.segment(), field.ofPatient())) {
            boolean isMeant = field.segments() != Source.Segments.WITH_CODE
                    || field.codes().stream()
                            .anyMatch(code -> segment.value(3).orEmpty().equalsIgnoreCase(code));
            for (int repetition = 1; isMeant && repetition <= segment.repetitions(field.field()); repetition++) {
                for (SourceValue leaf : leaves(segment, field, repetition)) {
                    if (!arrives(leaf, part) && !isStructure(leaf, part) && !isTold(leaf, warnings)) {
                        dropped.add(leaf.path() + " (" + repetition + ") " + text(leaf));
                    }
                }
            }
        }
        return dropped;
    }

    /** A text is one leaf; of all else each subcomponent, of the named component alone where the rule names one. */
    private static List<SourceValue> leaves(Hl7Segment segment, Source.Field field, int repetition) {
        if (TEXTS.contains(segment.type(field.field())) && field.component() == 0) {
            return Stream.of(new SourceValue(segment, field.field(), repetition, 0, 0))
                    .filter(leaf -> isValue(leaf.text()))
                    .toList();
        }
        List<SourceValue> leaves = new ArrayList<>();
        for (int component = 1; component <= segment.components(field.field(), repetition); component++) {
            boolean isMeant = field.component() == 0 || field.component() == component;
            boolean isNested = segment.component(field.field(), repetition, component)
                    .equals(segment.value(field.field(), repetition, component, 1));
            for (int part = 1; isMeant && part <= (isNested ? 9 : 1); part++) {
                SourceValue leaf = new SourceValue(segment, field.field(), repetition, component, isNested ? part : 0);
                if (isValue(text(leaf))) {
                    leaves.add(leaf);
                }
            }
        }
        return leaves;
    }

    private static boolean isValue(String text) {
        return !text.isBlank() && !text.equals("\"\"");
    }

    private static String text(SourceValue leaf) {
        return leaf.component() == 0 ? leaf.text() : leaf.value().orEmpty();
    }

    /** As it is, in other blanks or case, cut into values, or as what a conversion or a table made of this repetition. */
    private static boolean arrives(SourceValue leaf, Part part) {
        String wanted = plain(text(leaf));
        for (Explanation made : part.provenance().explanations()) {
            if (plain(made.value()).contains(wanted)) {
                return true;
            }
            boolean isConverted = made.rule().lookup().isPresent()
                    || made.rule()
                            .conversion()
                            .filter(conversion -> !conversion.isOfSeveral() || conversion == Conversion.CODE_STRING)
                            .isPresent();
            int component = leaf.component() == 1 ? 0 : leaf.component();
            if (isConverted && (made.takes(leaf.at(component)) || made.takes(leaf.at(leaf.component())))) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s\\\\/;^]+", "").toUpperCase(Locale.ROOT);
    }

    /** By its type, or because a rule that asks its field was answered by another one before. */
    private static boolean isStructure(SourceValue leaf, Part part) {
        String type = leaf.segment().type(leaf.field());
        boolean isOfType = STRUCTURE.keySet().stream().anyMatch(entry -> {
            List<String> halves = List.of(entry.split(": ", -1));
            return List.of(halves.get(0).split(" ", -1)).contains(type)
                    && List.of(halves.get(1).split(" ", -1)).contains(Integer.toString(leaf.component()));
        });
        boolean isTaken = part.provenance().explanations().stream()
                .anyMatch(made -> made.takes(new SourceValue(leaf.segment(), leaf.field(), leaf.repetition(), 0, 0)));
        boolean isPreceded = part.provenance().explanations().stream().anyMatch(made -> made.comesBefore(leaf));
        return (isOfType && (isTaken || leaf.component() > 1)) || isPreceded;
    }

    private static boolean isTold(SourceValue leaf, List<MappingWarning> warnings) {
        return warnings.stream()
                .anyMatch(warning ->
                        warning.location().segment().equals(leaf.segment().name())
                                && warning.location().sequence()
                                        == leaf.segment().sequence()
                                && warning.location().field() == leaf.field());
    }

    private static Definition definition(Hl7Message message) {
        return Samples.shipped().definitions().get("default").get(message.kind());
    }

    private static Result map(Hl7Message message) {
        MappingSet mapping = Samples.shipped();
        SenderProfile sender = mapping.senders().named("default");
        return switch (message.headers().messageType()) {
            case "ADT" -> {
                MappedPatients mapped = mapping.mapPatient(message, sender);
                yield new Result(
                        parts(message, mapped.patients().stream().map(MappedPatient::provenance)), mapped.warnings());
            }
            case "SIU" -> {
                MappedAppointment mapped = mapping.mapAppointment(message, sender);
                yield new Result(
                        parts(message, mapped.items().stream().map(AppointmentItem::provenance)), mapped.warnings());
            }
            default -> {
                MappedMessage mapped = mapping.map(message, sender);
                List<Part> parts = new ArrayList<>();
                for (int i = 0; i < mapped.steps().size(); i++) {
                    parts.add(new Part(
                            SourceReader.ofOrder(
                                    message, message.orderGroups().get(i), message.messageLevel(), NOBODYS),
                            mapped.steps().get(i).provenance()));
                }
                yield new Result(parts, mapped.warnings());
            }
        };
    }

    /** Several patients or appointments of one message are seen together. */
    private static List<Part> parts(Hl7Message message, Stream<Provenance> made) {
        List<Provenance> all = made.collect(Collectors.toList());
        return all.size() == 1
                ? List.of(new Part(SourceReader.of(message, message.segments(), NOBODYS), all.get(0)))
                : List.of();
    }
}
