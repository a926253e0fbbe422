package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;

/** The shipped mapping, and messages made of lines. */
final class Samples {

    static final Path SHIPPED = Path.of(".");
    static final MappingSettings OSLO = MappingSettings.of(ZoneId.of("Europe/Oslo"));
    static final String MSH = "MSH|^~\\&|RIS|SITE|COLLIMATOR|RAD|20261122||ORM^O01|C1|P|2.5.1||||||UNICODE UTF-8";
    static final String PID = "PID|||P1^^^NORTH||DOE^JOHN";

    private Samples() {}

    static Mapping shipped() {
        return Mapping.load(SHIPPED, OSLO);
    }

    static Hl7Message message(String... segments) {
        return Hl7Message.parse(String.join("\r", segments).getBytes(StandardCharsets.UTF_8));
    }
}
