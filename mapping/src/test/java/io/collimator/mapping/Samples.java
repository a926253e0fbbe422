package io.collimator.mapping;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.hl7.ack.AckPolicy;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The shipped mapping, and messages made of lines. */
final class Samples {

    static final Path SHIPPED = Path.of(".");
    static final MappingSettings OSLO = MappingSettings.of(ZoneId.of("Europe/Oslo"));
    static final String MSH = "MSH|^~\\&|RIS|SITE|COLLIMATOR|RAD|20261122||ORM^O01|C1|P|2.5.1||||||UNICODE UTF-8";
    static final String PID = "PID|||P1^^^NORTH||DOE^JOHN";

    private Samples() {}

    /** Loaded once: it never changes. */
    static MappingSet shipped() {
        return Loaded.SHIPPED_SET;
    }

    private static final class Loaded {
        static final MappingSet SHIPPED_SET = MappingSet.load(SHIPPED, OSLO);
    }

    /** As the sender's profile says, over no port. */
    static MappedMessage map(MappingSet mapping, Hl7Message message) {
        return mapping.map(message, mapping.senders().pick(0, message.headers()));
    }

    static Hl7Message message(String... segments) {
        return Hl7Message.parse(String.join("\r", segments).getBytes(StandardCharsets.UTF_8));
    }

    /** A set of these files alone: name, text, name, text… */
    static MappingSet set(String... namesAndTexts) {
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return MappingSet.of(MappingFiles.of(texts), OSLO);
    }

    /** The shipped set with one more file, or one replaced. */
    static MappingSet shippedWith(String name, String text) {
        return MappingSet.of(shipped().files().with(name, text), OSLO);
    }

    /** What is wrong with it. */
    static List<String> problems(Runnable loading) {
        MappingException thrown = catchThrowableOfType(MappingException.class, loading::run);
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(MappingProblem::toString).toList();
    }

    /** An OBR with these fields: number, value, number, value… */
    static String obr(Object... fields) {
        String[] values = new String[50];
        Arrays.fill(values, "");
        values[0] = "OBR";
        for (int i = 0; i < fields.length; i += 2) {
            values[(Integer) fields[i]] = (String) fields[i + 1];
        }
        return String.join("|", values);
    }

    /** Code, AE or AR, place and text of the refusal. */
    static String refusal(Runnable mapping) {
        Hl7RejectedException thrown = catchThrowableOfType(Hl7RejectedException.class, mapping::run);
        return "%s %d %s: %s"
                .formatted(
                        AckPolicy.codeOf(thrown.refusal()),
                        thrown.refusal().code().code(),
                        thrown.refusal().location(),
                        thrown.refusal().text());
    }
}
