package io.collimator.engine.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.mapping.MappingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is killed while it writes a change: whatever file it had come to, the next start finishes it. */
class InterruptedChangeTest {

    @TempDir
    private Path folder;

    private MappingFixture home;
    private MappingFiles before;
    private MappingFiles after;

    @BeforeEach
    void prepare() {
        home = MappingFixture.in(folder);
        before = MappingFiles.of(MappingFixture.shipped());
        Map<String, String> changed = new TreeMap<>(MappingFixture.shipped());
        changed.merge(MappingFixture.TABLE, "XYZ,CT\n", String::concat);
        changed.merge("tables/patient-sex.csv", "W,F\n", String::concat);
        changed.put("tables/new.csv", "from,to\nA,B\n");
        changed.remove("tables/pregnancy.csv");
        after = MappingFiles.of(changed);
    }

    private MappingHome mappingHome() {
        return new MappingHome(home.mapping(), home.data(), Clock.systemUTC());
    }

    private MappingFiles onDisk() {
        return MappingFiles.read(home.mapping());
    }

    private PendingChange pending() {
        return new PendingChange(home.data());
    }

    @Test
    void killed_before_the_first_file_the_change_is_finished_at_the_next_start() throws IOException {
        mappingHome().begin(before, after);
        assertThat(onDisk()).isEqualTo(before);

        pending().finish(home.mapping());

        assertThat(onDisk()).isEqualTo(after);
        assertThat(pending().isThere()).isFalse();
    }

    @Test
    void killed_between_two_files_the_change_is_finished_at_the_next_start() throws IOException {
        mappingHome().begin(before, after);
        home.write(MappingFixture.TABLE, after.text(MappingFixture.TABLE).orElseThrow());
        Files.delete(home.mapping().resolve("tables/pregnancy.csv"));

        pending().finish(home.mapping());

        assertThat(onDisk()).isEqualTo(after);
    }

    @Test
    void a_file_that_somebody_edited_since_is_not_overwritten_and_nothing_is_mixed() throws IOException {
        mappingHome().begin(before, after);
        home.write(MappingFixture.TABLE, "from,to\nMINE,CT\n");

        pending().finish(home.mapping());

        assertThat(onDisk()).isEqualTo(before.with(MappingFixture.TABLE, "from,to\nMINE,CT\n"));
        assertThat(pending().isThere()).isFalse();
    }

    @Test
    void a_change_that_is_given_up_leaves_no_trace() throws IOException {
        MappingHome.Write write = mappingHome().begin(before, after);

        write.giveUp();

        assertThat(onDisk()).isEqualTo(before);
        assertThat(pending().isThere()).isFalse();
        try (var files = Files.walk(home.mapping())) {
            assertThat(files.filter(path -> path.toString().endsWith(".applying")))
                    .isEmpty();
        }
    }

    @Test
    void a_finished_change_leaves_exactly_its_files() throws IOException {
        MappingHome.Write write = mappingHome().begin(before, after);

        write.finish();

        assertThat(onDisk()).isEqualTo(after);
        assertThat(write.notes()).isEmpty();
        assertThat(pending().isThere()).isFalse();
    }

    @Test
    void a_file_that_was_edited_and_not_applied_is_kept_elsewhere() throws IOException {
        home.write(MappingFixture.TABLE, "from,to\nMINE,CT\n");

        MappingHome.Write write = mappingHome().begin(before, after);
        write.finish();

        assertThat(onDisk()).isEqualTo(after);
        assertThat(write.notes()).singleElement().asString().contains("mapping/" + MappingFixture.TABLE, "is kept as");
        try (var kept = Files.walk(home.data().resolve("mapping-overwritten"))) {
            assertThat(kept.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent("from,to\nMINE,CT\n"));
        }
    }
}
