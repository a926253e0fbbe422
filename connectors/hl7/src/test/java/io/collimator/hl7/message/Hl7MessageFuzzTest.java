package io.collimator.hl7.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any bytes are read or refused by our own exception; nothing else comes out. */
class Hl7MessageFuzzTest {

    private static final String MESSAGE = String.join(
            "\r",
            "MSH|^~\\&|RIS|SITE|COLLIMATOR|RAD|20261122||ORM^O01|C1|P|2.3.1||||||8859/1",
            "PID|||P1^^^N&1.2&ISO~P2||DOE^JOHN^\"\"|\"\"||M",
            "ORC|NW|A^B|C^D||SC||1^ONCE^^202611221030^^S",
            "OBR|1|A|C|CT^Head\\T\\Neck||||||||||||||ACC1",
            "OBX|1|NM|1^W||68.5|kg",
            "ZDS|1.2.3^A^B");
    private static final String ALPHABET = "|^~\\&\r\n\u000B\u001C\0\"MSHPIDORCX015 .é\uFEFF#";

    @Test
    void mutated_messages_are_read_or_refused() {
        Random random = new Random(20261122);
        int read = 0;
        for (int run = 0; run < 2_000; run++) {
            byte[] content = mutated(random);
            try {
                Hl7Message message = Hl7Message.parse(content);
                message.contentDigest();
                message.orderGroups();
                assertThat(message.segments()).isNotEmpty();
                read++;
            } catch (Hl7RejectedException refused) {
                assertThat(refused.refusal().text()).isNotEmpty();
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void random_bytes_are_read_or_refused() {
        Random random = new Random(4711);
        for (int run = 0; run < 2_000; run++) {
            byte[] content = new byte[random.nextInt(200)];
            random.nextBytes(content);
            if (content.length > 9 && run % 2 == 0) {
                System.arraycopy("MSH|^~\\&|".getBytes(StandardCharsets.US_ASCII), 0, content, 0, 9);
            }
            try {
                assertThat(Hl7Message.parse(content).segments()).isNotEmpty();
            } catch (Hl7RejectedException refused) {
                assertThat(refused.refusal().text()).isNotEmpty();
            }
        }
    }

    private static byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder(MESSAGE);
        int changes = 1 + random.nextInt(6);
        for (int change = 0; change < changes; change++) {
            int at = random.nextInt(text.length());
            char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, other);
                case 1 -> text.insert(at, other);
                case 2 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(20)));
                default -> text.insert(at, MESSAGE, 0, random.nextInt(MESSAGE.length()));
            }
        }
        return text.toString().getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }
}
