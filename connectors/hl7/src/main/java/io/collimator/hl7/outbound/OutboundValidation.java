package io.collimator.hl7.outbound;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.Location;
import ca.uhn.hl7v2.model.Group;
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
import java.util.Set;

/**
 * Judges a message of ours by HAPI's typed model of its version, before it leaves: segments where they belong, values in
 * the form of their types, and what says who, for whom and which order. Thread-safe; make one and keep it.
 */
public final class OutboundValidation {

    /** Values of MSH-12 whose models are there. */
    static final Set<String> VERSIONS = Set.of("2.3", "2.3.1", "2.5.1");

    /** Whose required fields must be there; what earlier versions left on the queue does not say the procedure. */
    private static final Set<String> WITH_REQUIRED_FIELDS = Set.of("MSH", "PID", "ORC");

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
     * Returns when the message may leave.
     *
     * @param er7 segments ended by CR; Z segments are not judged
     * @throws InvalidMessageException with segment and field of what is wrong
     */
    public void check(String er7) {
        Hl7Headers headers = Hl7Headers.read(er7.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .orElseThrow(() -> new InvalidMessageException("The message does not begin with MSH; it is not sent."));
        if (!VERSIONS.contains(headers.version())) {
            throw new InvalidMessageException(
                    "MSH-12 is \"%s\", whose model is not there; it is not sent. Write one of %s in the template."
                            .formatted(headers.version(), VERSIONS));
        }
        List<String> wrong = new ArrayList<>();
        try {
            requiredFields(parser.parse(withoutZ(er7)), wrong);
        } catch (HL7Exception invalid) {
            wrong.add(place(invalid));
        }
        if (!wrong.isEmpty()) {
            throw new InvalidMessageException("Message %s is no valid %s of version %s and is not sent: %s."
                    .formatted(headers.controlId(), headers.kind(), headers.version(), String.join(", ", wrong)));
        }
    }

    private static String withoutZ(String er7) {
        StringBuilder rest = new StringBuilder();
        er7.lines()
                .filter(line -> !line.startsWith("Z"))
                .forEach(line -> rest.append(line).append('\r'));
        return rest.toString();
    }

    private static void requiredFields(Group group, List<String> wrong) throws HL7Exception {
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

    private static void requiredFields(Segment segment, List<String> wrong) throws HL7Exception {
        for (int field = 1; field <= segment.numFields(); field++) {
            if (segment.isRequired(field)
                    && (segment.getField(field).length == 0
                            || segment.getField(field, 0).isEmpty())) {
                wrong.add("%s-%d (required, but empty)".formatted(segment.getName(), field));
            }
        }
    }

    /** HAPI's own text quotes the value, which may be patient data. */
    private static String place(HL7Exception invalid) {
        Location location = invalid.getLocation();
        if (location == null || location.getSegmentName() == null) {
            return "MSH-9 (which the version does not have), or a segment that does not belong where it stands";
        }
        String segment = location.getSegmentName();
        // HAPI does not count MSH-1
        int field = location.getField() + (segment.equals("MSH") ? 1 : 0);
        return location.getField() > 0 ? "%s-%d (not in the form of its data type)".formatted(segment, field) : segment;
    }
}
