package io.collimator.camel.allow;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.camel.dicom.DicomOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the component's reference are routes that a home may hold. */
class DocumentedRoutesTest {

    private static final Path REFERENCE = Path.of("..", "..", "docs", "reference", "dicom-component.md");
    private static final Pattern EXAMPLES = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String examples() throws IOException {
        Matcher matcher = EXAMPLES.matcher(Files.readString(REFERENCE));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void every_example_passes_the_allow_list() throws IOException {
        RouteRules rules = RouteRules.of(
                List.of(PublishedBean.of("performedSteps", "record", Intake.PERFORMED_STEPS)), Set.of(), Set.of());

        assertThat(new RouteChecker(rules).check(List.of(new RouteFile("dicom-component.md", examples()))))
                .isEmpty();
    }

    @Test
    void every_operation_has_an_example() throws IOException {
        String examples = examples();

        assertThat(Arrays.stream(DicomOperation.values()).filter(DicomOperation::produces))
                .allSatisfy(operation -> assertThat(examples).contains("uri: dicom:" + operation.path() + "\n"));
    }
}
