package io.collimator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is sent: either our own exception, or attributes that DICOM can hold. */
class MappingFuzzTest {

    private static final String ALPHABET = "|^~\\&\r\"\u0000\u0007\tAB01 .+-é王";

    @Test
    void mutated_orders_are_mapped_to_what_dicom_can_hold_or_refused() throws IOException {
        MappingSet mapping = Samples.shipped();
        Random random = new Random(20261122);
        List<String> samples = List.of(sample("orm-o01-ct-head"), sample("omi-o23-mr-knee"));
        int mapped = 0;
        for (int run = 0; run < 1_000; run++) {
            byte[] content = mutated(samples.get(run % 2), random).getBytes(StandardCharsets.UTF_8);
            try {
                MappedMessage message = Samples.map(mapping, Hl7Message.parse(content));
                message.steps().forEach(step -> {
                    assertThat(step.attributes().items(Tags.ScheduledProcedureStepSequence))
                            .hasSize(1);
                    assertHeld(step.attributes());
                    step.complete();
                });
                mapped++;
            } catch (Hl7RejectedException refused) {
                assertThat(refused.refusal().text()).isNotEmpty();
            }
        }
        assertThat(mapped).isPositive();
    }

    private static void assertHeld(DataSet dataSet) {
        for (Element element : dataSet) {
            if (element.value() instanceof Value.Items items) {
                items.values().forEach(MappingFuzzTest::assertHeld);
            } else if (element.value() instanceof Value.Text text) {
                text.values().forEach(value -> {
                    int limit = element.vr().maxLength();
                    assertThat(value.codePointCount(0, value.length()))
                            .as(element.toString())
                            .isBetween(1, limit);
                    if (element.vr().isMultiValued()) {
                        assertThat(value).as(element.toString()).doesNotContain("\\", "\r", "\n");
                    }
                });
            }
        }
    }

    private static String mutated(String sample, Random random) {
        StringBuilder text = new StringBuilder(sample);
        int changes = 1 + random.nextInt(8);
        for (int change = 0; change < changes; change++) {
            int at = 20 + random.nextInt(text.length() - 40);
            String other = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, other.charAt(0));
                case 1 -> text.insert(at, other.repeat(1 + random.nextInt(80)));
                case 2 -> text.delete(at, at + random.nextInt(15));
                default -> text.insert(at, sample, 20, 20 + random.nextInt(sample.length() - 20));
            }
        }
        return text.toString();
    }

    private static String sample(String name) throws IOException {
        return Files.readString(Path.of("cases", name, "message.hl7")).replace('\n', '\r');
    }
}
