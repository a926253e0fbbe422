package io.collimator.hl7.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTrialTest {

    private static final Path SHIPPED = Path.of("..", "..", "mapping", "templates");

    private static final String GOOD = """
            # status
            MSH|^~\\&|{MSH-3}|||{MSH-6}|{MSH-7}||ORM^O01|{MSH-10}|P|2.3.1
            PID|||{PID-3}||{PID-5}||{PID-7}
            ?PV1||{PV1-2}|{PV1-3}
            ORC|{ORC-1}|{ORC-2}|{ORC-3}||{ORC-5}
            OBR|1|{OBR-2}|{OBR-3}|{OBR-4}
            """;

    private final TemplateTrial trial = new TemplateTrial(new OutboundValidation());

    @Test
    void the_shipped_templates_write_what_may_leave() {
        assertThat(trial.problems(MessageTemplates.load(SHIPPED))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3.1", "2.5.1"})
    void a_good_template_has_no_problem_in_any_version(String version) {
        assertThat(problems(GOOD.replace("2.3.1", version))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{OBR-4}; ''; 6; OBR-4; every status; Write {OBR-4} there.",
                "{PID-3}; ''; 3; PID-3; every status; Write {PID-3} there.",
                "{PID-3}; {PID-3}||{PID-5}|||x|||||||||||||||||||||tomorrow; 3; PID-29; every status; Write what the version",
                "{PID-7}; {PID-7.1}-01; 3; PID-7; every status; Write {PID-7} there.",
                "|{PID-7}; |{PID-18.1}; 3; PID-7; scheduled; Write {PID-7} there.",
                "?PV1; PV1; 4; PV1-2; with required values only; begin the line with ?",
                "OBR|; TQ1|1\\nOBR|; 6; TQ1; every status; where the version has it",
                "ORM^O01; ORM^O77; 2; MSH-9; every status; Write what the version",
                "ORM^O01; ORM^O77^ORM_O77; 2; MSH-9; every status; Write what the version",
                "|2.3.1; |2.3; 5; ORC-7; every status; Write what the version",
                "ORC|{ORC-1}|{ORC-2}|{ORC-3}||{ORC-5}; NTE|1; 0; ORC; every status; Add a line",
            })
    void what_would_go_to_the_dead_letters_is_named_with_line_place_and_fix(
            String from, String to, int line, String place, String which, String fix) {
        List<TemplateProblem> problems = problems(GOOD.replace(from, to.replace("\\n", "\n")));

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("mapping/templates/x.hl7");
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.field()).isEqualTo(place);
            assertThat(problem.fix()).contains("dead letters", which, fix);
        });
    }

    @Test
    void what_is_no_order_is_not_judged_when_it_leaves_and_so_not_here() {
        assertThat(problems("MSH|^~\\&|{MSH-3}|||{MSH-6}|{MSH-7}||ORU^R01|{MSH-10}|P|2.3.1\nOBR|1"))
                .isEmpty();
    }

    private List<TemplateProblem> problems(String template) {
        return trial.problems(MessageTemplates.of(Map.of("x.hl7", template)));
    }
}
