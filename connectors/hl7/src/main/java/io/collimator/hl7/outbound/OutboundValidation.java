package io.collimator.hl7.outbound;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.Location;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.parser.DefaultModelClassFactory;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.parser.UnexpectedSegmentBehaviourEnum;
import ca.uhn.hl7v2.util.idgenerator.UUIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.collimator.hl7.message.Hl7Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a message of ours by HAPI's typed model of its version, before it leaves: segments where they belong, values in
 * the form of their types, and what says who, for whom and which order. Thread-safe; make one and keep it.
 */
public final class OutboundValidation {

    /** Values of MSH-12 whose models are there. */
    static final Set<String> VERSIONS = Set.of("2.3", "2.3.1", "2.5.1");

    /** Whose required fields must be there; what earlier versions left on the queue does not say the step, IPC-4. */
    private static final Set<String> WITH_REQUIRED_FIELDS = Set.of("MSH", "PID", "PV1", "ORC", "OBR");

    /** The types of MSH-9.1 that are judged, and the segments that each must have. */
    private static final Map<String, List<String>> REQUIRED_SEGMENTS =
            Map.of("ORM", List.of("ORC"), "OMG", List.of("ORC", "OBR"), "OMI", List.of("ORC", "OBR", "IPC"));

    private static final Wrong UNKNOWN_TYPE = new Wrong("MSH", 9, "a type that the version does not have");

    private final PipeParser parser;

    @SuppressWarnings("resource") // lives as long as the program
    public OutboundValidation() {
        ParserConfiguration configuration = new ParserConfiguration();
        configuration.setUnexpectedSegmentBehaviour(UnexpectedSegmentBehaviourEnum.THROW_HL7_EXCEPTION);
        // the default one writes a file into the working directory
        configuration.setIdGenerator(new UUIDGenerator());
        this.parser = new DefaultHapiContext(
                        configuration, ValidationContextFactory.defaultValidation(), new DefaultModelClassFactory())
                .getPipeParser();
    }

    /**
     * What is wrong at one place of a message.
     *
     * @param segment its name, "" when it is not known
     * @param field from 1, 0 for the segment as a whole
     * @param reason no values
     */
    record Wrong(String segment, int field, String reason) {

        @Override
        public String toString() {
            String place = field == 0 ? segment : "%s-%d".formatted(segment, field);
            return place.isEmpty() ? reason : "%s (%s)".formatted(place, reason);
        }
    }

    /** Whether a message is an order and so may only leave when {@link #check} finds nothing. */
    public static boolean isOrder(String er7) {
        return headers(er7)
                .map(Hl7Headers::messageType)
                .filter(REQUIRED_SEGMENTS::containsKey)
                .isPresent();
    }

    /**
     * Returns when the message may leave.
     *
     * @param er7 segments ended by CR; Z segments are not judged
     * @throws InvalidMessageException with segment and field of what is wrong
     */
    public void check(String er7) {
        Hl7Headers headers = headers(er7)
                .orElseThrow(() -> new InvalidMessageException("The message does not begin with MSH; it is not sent."));
        if (!VERSIONS.contains(headers.version())) {
            throw new InvalidMessageException(
                    "MSH-12 is \"%s\", whose model is not there; it is not sent. Write one of %s in the template."
                            .formatted(headers.version(), VERSIONS));
        }
        List<Wrong> wrong = wrongIn(er7);
        if (!wrong.isEmpty()) {
            throw new InvalidMessageException("Message %s is no valid %s of version %s and is not sent: %s."
                    .formatted(
                            headers.controlId(),
                            headers.kind(),
                            headers.version(),
                            wrong.stream().map(Wrong::toString).collect(Collectors.joining(", "))));
        }
    }

    private static Optional<Hl7Headers> headers(String er7) {
        return Hl7Headers.read(er7.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** @param er7 of one of {@link #VERSIONS} */
    List<Wrong> wrongIn(String er7) {
        List<Wrong> wrong = new ArrayList<>();
        List<String> segments = er7.lines()
                .map(line -> line.substring(0, Math.min(3, line.length())))
                .toList();
        headers(er7)
                .map(Hl7Headers::messageType)
                .map(type -> REQUIRED_SEGMENTS.getOrDefault(type, List.of()))
                .orElse(List.of())
                .stream()
                .filter(name -> !segments.contains(name))
                .forEach(name -> wrong.add(new Wrong(name, 0, "required, but missing")));
        try {
            Message parsed = parser.parse(withoutZ(er7));
            if (parsed instanceof GenericMessage) {
                wrong.add(UNKNOWN_TYPE);
            }
            requiredFields(parsed, wrong);
        } catch (HL7Exception invalid) {
            wrong.add(isKnownType(er7) ? place(invalid) : UNKNOWN_TYPE);
        }
        return wrong;
    }

    private boolean isKnownType(String er7) {
        try {
            return !(parser.parse(er7.lines().limit(1).map(line -> line + "\r").collect(Collectors.joining()))
                    instanceof GenericMessage);
        } catch (HL7Exception invalid) {
            return true; // something else is wrong with MSH
        }
    }

    private static String withoutZ(String er7) {
        StringBuilder rest = new StringBuilder();
        er7.lines()
                .filter(line -> !line.startsWith("Z"))
                .forEach(line -> rest.append(line).append('\r'));
        return rest.toString();
    }

    private static void requiredFields(Group group, List<Wrong> wrong) throws HL7Exception {
        for (String name : group.getNames()) {
            for (Structure structure : group.getAll(name)) {
                if (structure instanceof Group inner) {
                    requiredFields(inner, wrong);
                } else if (structure instanceof Segment segment && WITH_REQUIRED_FIELDS.contains(segment.getName())) {
                    requiredFields(segment, wrong);
                }
            }
        }
    }

    private static void requiredFields(Segment segment, List<Wrong> wrong) throws HL7Exception {
        for (int field = 1; field <= segment.numFields(); field++) {
            if (segment.isRequired(field)
                    && (segment.getField(field).length == 0
                            || segment.getField(field, 0).isEmpty())) {
                wrong.add(new Wrong(segment.getName(), field, "required, but empty"));
            }
        }
    }

    /** HAPI's own text quotes the value, which may be patient data. */
    private static Wrong place(HL7Exception invalid) {
        Location location = invalid.getLocation();
        if (location == null || location.getSegmentName() == null) {
            return new Wrong("", 0, "a segment that does not belong where it stands");
        }
        String segment = location.getSegmentName();
        // HAPI does not count MSH-1
        int field = Math.max(0, location.getField()) + (segment.equals("MSH") ? 1 : 0);
        return new Wrong(segment, field, "not in the form of its data type");
    }
}
