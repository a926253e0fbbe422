package io.collimator.engine.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileChangesTest {

    @Test
    void files_that_are_the_same_are_not_mentioned_and_each_other_one_has_its_letter() {
        FileChanges changes = FileChanges.between(
                Map.of("a", "1\n", "b", "2\n", "c", "3\n"), Map.of("a", "1\n", "b", "two\n", "d", "4\n"));

        assertThat(changes.summary()).containsExactly("M b", "D c", "A d");
    }

    @Test
    void the_diff_is_unified_with_three_lines_around_a_change() {
        String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

        FileChanges changes = FileChanges.between(
                Map.of("tables/x.csv", before), Map.of("tables/x.csv", before.replace("5", "five")));

        assertThat(changes.unified())
                .containsExactly(
                        "--- a/tables/x.csv",
                        "+++ b/tables/x.csv",
                        "@@ -2,7 +2,7 @@",
                        " 2",
                        " 3",
                        " 4",
                        "-5",
                        "+five",
                        " 6",
                        " 7",
                        " 8");
    }

    @Test
    void what_comes_and_what_goes_is_shown_against_nothing() {
        assertThat(FileChanges.between(Map.of(), Map.of("n", "x\n")).unified())
                .startsWith("--- /dev/null", "+++ b/n")
                .contains("+x");
        assertThat(FileChanges.between(Map.of("n", "x\n"), Map.of()).unified())
                .startsWith("--- a/n", "+++ /dev/null")
                .contains("-x");
    }

    @Test
    void a_diff_that_nobody_would_read_is_cut_and_says_so() {
        String text = IntStream.range(0, 5_000).mapToObj(String::valueOf).collect(Collectors.joining("\n"));

        assertThat(FileChanges.between(Map.of(), Map.of("n", text)).unified())
                .hasSize(2_001)
                .last()
                .asString()
                .contains("cut");
    }
}
