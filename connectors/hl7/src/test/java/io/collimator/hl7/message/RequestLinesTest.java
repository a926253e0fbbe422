package io.collimator.hl7.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLinesTest {

    /** Each line has a name of its own: MSH-10 and the second field of all others. */
    private static final String TWO_PATIENTS = """
            MSH|^~\\&|||||||ORU^R01|h|P|2.5.1
            SFT|sft
            PID|p1
            NTE|note of p1
            PV1|v1
            ORC|o1
            NTE|note of o1
            OBR|r0
            NTE|note of r0
            OBX|x0
            ZZZ|z0
            OBR|r1
            OBX|x1
            PV2|v2
            ORC|o2
            OBR|r2
            OBX|x2
            PID|p2
            OBR|r3
            OBX|x3
            SPM|s3
            """;

    @ParameterizedTest
    @CsvSource({
        "'0', 'sft,p1,note of p1,v1,o1,note of o1,r0,note of r0,x0,z0,v2'",
        "'1', 'sft,p1,note of p1,v1,o1,note of o1,r1,x1,v2'",
        "'1 2', 'sft,p1,note of p1,v1,o1,note of o1,r1,x1,v2,o2,r2,x2'",
        "'2', 'sft,p1,note of p1,v1,v2,o2,r2,x2'",
        "'3', 'sft,p2,r3,x3,s3'"
    })
    void each_part_has_what_belongs_to_its_requests(String requests, String expected) {
        Set<Integer> kept =
                Arrays.stream(requests.split(" ")).map(Integer::valueOf).collect(Collectors.toSet());

        String part = message(TWO_PATIENTS).textOf(kept);

        assertThat(part).startsWith("MSH|^~\\&|||||||ORU^R01|h|P|2.5.1\r").endsWith("\r");
        assertThat(part.lines().skip(1).map(line -> line.substring(4))).containsExactly(expected.split(","));
    }

    @Test
    void all_of_them_are_the_message() {
        Hl7Message message = message(TWO_PATIENTS + "ORC|an order without a request\n");

        assertThat(message.textOf(Set.of(0, 1, 2, 3))).isEqualTo(message.text());
    }

    private static Hl7Message message(String text) {
        return Hl7Message.parse(text.replace('\n', '\r').getBytes(StandardCharsets.UTF_8));
    }
}
