package io.collimator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.hl7.message.Hl7Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped definition against written-down results; {@code -Dgolden.update=true} writes them anew. */
class GoldenMappingTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orm-o01-ct-head",
                "omi-o23-mr-knee",
                "orm-o01-two-procedures",
                "orm-o01-reschedule",
                "orm-o01-cancel"
            })
    void a_sample_makes_the_attributes_that_are_written_down(String name) throws IOException {
        byte[] content = Files.readAllBytes(GOLDEN.resolve(name + ".hl7"));
        Path expected = GOLDEN.resolve(name + ".expected.txt");

        String actual = readable(Samples.shipped().map(Hl7Message.parse(content)));

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, actual, StandardCharsets.UTF_8);
        }
        assertThat(actual).isEqualTo(Files.readString(expected, StandardCharsets.UTF_8));
    }

    private static String readable(MappedMessage message) {
        StringBuilder text = new StringBuilder();
        for (MappedStep step : message.steps()) {
            text.append("step of order ")
                    .append(step.group())
                    .append(", control ")
                    .append(step.orderControl());
            text.append('\n');
            step.explanations().stream()
                    .sorted(Comparator.comparing(Explanation::path).thenComparing(Explanation::onlyIfEmpty))
                    .forEach(line -> text.append("  %s = %s%n      %s from %s%s%n"
                            .formatted(
                                    line.path(),
                                    line.value().replace("\r\n", "⏎"),
                                    line.ruleId(),
                                    line.source(),
                                    line.onlyIfEmpty() ? ", only if empty" : "")));
        }
        message.warnings()
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        return text.toString();
    }
}
