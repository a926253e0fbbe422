package io.collimator.hl7.message;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.UUIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HAPI with its generic (flat) model: every segment of every version is found where it stands, Z segments too. One
 * parser serves all threads; a context for each message would cost more than the parse.
 */
final class FlatParser {

    private static final PipeParser PARSER = parser();

    private FlatParser() {}

    /**
     * The segments of a message in order, MSH first.
     *
     * @param text segments that end with CR
     * @throws HL7Exception when HAPI cannot read it
     */
    static List<Hl7Segment> parse(String text, Escapes escapes, FieldTypes types) throws HL7Exception {
        Message message = PARSER.parse(text);
        Map<String, List<String>> lines = new HashMap<>();
        for (String line : text.split("\r", -1)) {
            if (!line.isEmpty()) {
                lines.computeIfAbsent(line.substring(0, 3), name -> new ArrayList<>())
                        .add(line);
            }
        }
        List<Hl7Segment> segments = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (String name : message.getNames()) {
            for (Structure structure : message.getAll(name)) {
                if (structure instanceof Segment segment) {
                    int sequence = counts.merge(segment.getName(), 1, Integer::sum);
                    String line =
                            lines.getOrDefault(segment.getName(), List.of()).get(sequence - 1);
                    segments.add(new Hl7Segment(
                            segment.getName(),
                            sequence,
                            fields(segment, escapes),
                            new Hl7Segment.Written(line, escapes, types)));
                }
            }
        }
        return List.copyOf(segments);
    }

    private static List<List<List<List<String>>>> fields(Segment segment, Escapes escapes) throws HL7Exception {
        // MSH-1 and MSH-2 are the delimiters themselves
        int literal = segment.getName().equals("MSH") ? 2 : 0;
        List<List<List<List<String>>>> fields = new ArrayList<>();
        for (int field = 1; field <= segment.numFields(); field++) {
            List<List<List<String>>> repetitions = new ArrayList<>();
            for (Type repetition : segment.getField(field)) {
                repetitions.add(components(repetition, field > literal ? escapes : null));
            }
            fields.add(List.copyOf(repetitions));
        }
        return List.copyOf(fields);
    }

    private static List<List<String>> components(Type repetition, @Nullable Escapes escapes) {
        List<List<String>> components = new ArrayList<>();
        int count = Terser.numComponents(repetition);
        for (int component = 1; component <= count; component++) {
            List<String> subcomponents = new ArrayList<>();
            int subCount = Terser.numSubComponents(repetition, component);
            for (int subcomponent = 1; subcomponent <= subCount; subcomponent++) {
                String raw =
                        Terser.getPrimitive(repetition, component, subcomponent).getValue();
                String content = raw == null ? "" : raw;
                subcomponents.add(escapes == null ? content : escapes.unescape(content));
            }
            components.add(List.copyOf(subcomponents));
        }
        return List.copyOf(components);
    }

    @SuppressWarnings("resource") // lives as long as the program
    private static PipeParser parser() {
        ParserConfiguration configuration = new ParserConfiguration();
        configuration.setAllowUnknownVersions(true);
        configuration.setValidating(false);
        configuration.setDefaultObx2Type("ST");
        configuration.setInvalidObx2Type("ST");
        // the default one writes a file into the working directory
        configuration.setIdGenerator(new UUIDGenerator());
        configuration.setEscaping(new AsSent());
        return new DefaultHapiContext(
                        configuration, ValidationContextFactory.noValidation(), new GenericModelClassFactory())
                .getPipeParser();
    }

    /** Our own escapes know the character set and the formatting commands; HAPI leaves values as sent. */
    private static final class AsSent implements Escaping {
        @Override
        public String escape(String text, EncodingCharacters characters) {
            return text;
        }

        @Override
        public String unescape(String text, EncodingCharacters characters) {
            return text;
        }
    }
}
