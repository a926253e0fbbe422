package io.collimator.engine.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.engine.reload.ChangeOutcome.Applied;
import io.collimator.engine.reload.ChangeOutcome.Refused;
import io.collimator.engine.reload.ChangeOutcome.Tried;
import io.collimator.engine.reload.ChangeOutcome.Unchanged;
import io.collimator.engine.reload.MappingChanges.Proposal;
import io.collimator.mapping.MappingFiles;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.version.MappingVersion;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingChangesIT {

    private static final String TEMPLATE = "templates/status-orm-2.3.1.hl7";
    private static final Proposal BY_ADMIN = new Proposal("admin", "a reason", false);

    @TempDir
    private Path folder;

    private Database database;
    private MappingFixture home;
    private RunningMapping running;
    private MappingChanges changes;

    @BeforeEach
    void open() {
        database = Database.open(
                DatabaseSettings.of("jdbc:h2:mem:" + UUID.randomUUID(), "sa", () -> ""),
                Clock.fixed(MappingFixture.NOW, ZoneOffset.UTC));
        home = MappingFixture.in(folder);
        running = home.running();
        changes = home.changes(database.transactions(), running);
        changes.recordStart();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Map<String, String> withRow(String row) {
        return MappingFixture.shippedWith(
                MappingFixture.TABLE, MappingFixture.shipped().get(MappingFixture.TABLE) + row + "\n");
    }

    private List<String> history() {
        return changes.versions(Integer.MAX_VALUE, 10).stream()
                .map(version -> version.number() + " " + version.by() + " " + version.comment() + " "
                        + (version.number() == 1 ? "all" : version.changes()))
                .toList();
    }

    @Test
    void a_start_is_a_version_only_when_the_home_is_another_one() {
        home.changes(database.transactions()).recordStart();
        assertThat(history()).containsExactly("1 start as found in the home all");

        home.write(MappingFixture.TABLE, withRow("QQ,CT").get(MappingFixture.TABLE));
        home.changes(database.transactions()).recordStart();

        assertThat(history())
                .containsExactly(
                        "2 start as found in the home M tables/modalities.csv", "1 start as found in the home all");
    }

    @Test
    void a_change_runs_is_in_the_home_and_in_the_history_with_its_diff() {
        ChangeOutcome outcome = changes.apply(withRow("QQ,CT"), BY_ADMIN);

        assertThat(outcome).isInstanceOfSatisfying(Applied.class, applied -> {
            assertThat(applied.version()).isEqualTo(2);
            assertThat(applied.effect().diff()).contains("+QQ,CT");
            assertThat(applied.notes()).isEmpty();
        });
        assertThat(running.current().version()).isEqualTo(2);
        assertThat(running.set().files().texts()).isEqualTo(withRow("QQ,CT"));
        assertThat(home.read(MappingFixture.TABLE)).endsWith("QQ,CT\n");
        assertThat(history().get(0)).isEqualTo("2 admin a reason M tables/modalities.csv");
        assertThat(changes.version(2).orElseThrow().diff()).contains("+QQ,CT");
    }

    @Test
    void a_broken_set_changes_nothing_and_every_finding_names_file_and_line() {
        Map<String, String> broken = withRow("QQ");
        broken.put("definitions/broken.yaml", "nonsense: true\n");

        ChangeOutcome outcome = changes.apply(broken, BY_ADMIN);

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.version()).isEqualTo(1);
            assertThat(refused.findings())
                    .anySatisfy(finding -> {
                        assertThat(finding.file()).isEqualTo("mapping/tables/modalities.csv");
                        assertThat(finding.line()).isPositive();
                        assertThat(finding.fix()).isNotBlank();
                    })
                    .anySatisfy(finding -> assertThat(finding.file()).isEqualTo("mapping/definitions/broken.yaml"));
        });
        assertThat(running.current().version()).isEqualTo(1);
        assertThat(MappingFiles.read(home.mapping()).texts()).isEqualTo(MappingFixture.shipped());
        assertThat(history()).hasSize(1);
    }

    @Test
    void a_template_whose_messages_would_go_to_the_dead_letters_is_refused_and_compared_with_nothing() {
        Map<String, String> unsendable = MappingFixture.shippedWith(
                TEMPLATE, MappingFixture.shipped().get(TEMPLATE).replace("|{OBR-4}|", "||"));

        for (boolean isDryRun : List.of(true, false)) {
            assertThat(changes.apply(unsendable, new Proposal("admin", "", isDryRun)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.findings())
                                    .singleElement()
                                    .satisfies(finding -> {
                                        assertThat(finding.toString()).startsWith("mapping/" + TEMPLATE + ":12: OBR-4");
                                        assertThat(finding.fix()).contains("dead letters", "Write {OBR-4} there.");
                                    }));
        }
        assertThatThrownBy(() -> changes.compare(unsendable, 10))
                .isInstanceOf(BrokenMappingException.class)
                .hasMessageContaining(TEMPLATE + ":12");
        home.write(TEMPLATE, unsendable.get(TEMPLATE));
        assertThat(home.running().set().files().texts()).isEqualTo(unsendable);
    }

    @Test
    void a_name_that_leads_out_of_the_home_is_refused() {
        for (String name : List.of(
                "../secrets.csv",
                "tables/../../x.csv",
                "/etc/passwd",
                "tables/a\0b.csv",
                "tables/.hidden.csv",
                "routes/x.camel.yaml",
                "definitions/" + "x".repeat(300) + ".yaml")) {
            ChangeOutcome outcome = changes.apply(MappingFixture.shippedWith(name, "from,to\n"), BY_ADMIN);

            assertThat(outcome).as(name).isInstanceOf(Refused.class);
        }
        assertThat(MappingFiles.read(home.mapping()).texts()).isEqualTo(MappingFixture.shipped());
    }

    @Test
    void the_same_set_again_is_no_change() {
        changes.apply(withRow("QQ,CT"), BY_ADMIN);

        assertThat(changes.apply(withRow("QQ,CT"), BY_ADMIN)).isEqualTo(new Unchanged(2));
        assertThat(history()).hasSize(2);
    }

    @Test
    void a_dry_run_tells_everything_and_changes_nothing() {
        receive("A1", "QQ");

        ChangeOutcome outcome = changes.apply(withRow("QQ,CT"), new Proposal("admin", "", true));

        assertThat(outcome).isInstanceOfSatisfying(Tried.class, tried -> {
            assertThat(tried.effect().diff()).contains("+QQ,CT");
            assertThat(tried.effect().effects().json().path("different").asInt())
                    .isEqualTo(1);
        });
        assertThat(running.current().version()).isEqualTo(1);
        assertThat(history()).hasSize(1);
        assertThat(MappingFiles.read(home.mapping()).texts()).isEqualTo(MappingFixture.shipped());
    }

    @Test
    void rollback_makes_an_earlier_version_a_new_one() {
        changes.apply(withRow("QQ,CT"), BY_ADMIN);
        changes.apply(withRow("QQ,MR"), BY_ADMIN);

        changes.rollBack(OptionalInt.empty(), new Proposal("admin", "", false));
        assertThat(running.set().files().texts()).isEqualTo(withRow("QQ,CT"));

        changes.rollBack(OptionalInt.of(3), new Proposal("admin", "after all", false));
        assertThat(running.set().files().texts()).isEqualTo(withRow("QQ,MR"));

        assertThat(history())
                .containsExactly(
                        "5 admin rollback to 3: after all M tables/modalities.csv",
                        "4 admin rollback to 2 M tables/modalities.csv",
                        "3 admin a reason M tables/modalities.csv");
        assertThat(home.read(MappingFixture.TABLE)).endsWith("QQ,MR\n");
        assertThat(changes.rollBack(OptionalInt.of(99), BY_ADMIN)).isEqualTo(new ChangeOutcome.NoSuchVersion(99));
    }

    @Test
    void only_the_newest_versions_are_kept() {
        for (int i = 0; i < 6; i++) {
            changes.apply(withRow("Q" + i + ",CT"), BY_ADMIN);
        }

        assertThat(changes.versions(Integer.MAX_VALUE, 100))
                .extracting(MappingVersion::number)
                .containsExactly(7, 6, 5);
        assertThat(changes.version(4)).isEmpty();
    }

    @Test
    void when_the_database_does_not_commit_the_home_stays_as_it_was() {
        MappingChanges withoutDatabase = home.changes(new BrokenTransactions(database.transactions()), running);

        assertThatThrownBy(() -> withoutDatabase.apply(withRow("QQ,CT"), BY_ADMIN))
                .isInstanceOf(StorageException.class);

        assertThat(running.current().version()).isEqualTo(1);
        assertThat(MappingFiles.read(home.mapping()).texts()).isEqualTo(MappingFixture.shipped());
        assertThat(new PendingChange(home.data()).isThere()).isFalse();
    }

    @Test
    void a_candidate_is_compared_on_what_was_received_last() {
        receive("A1", "QQ");
        receive("A2", "CT");

        Comparison comparison = changes.compare(withRow("QQ,CT"), 10);

        assertThat(comparison.messages()).isEqualTo(2);
        assertThat(comparison.json().path("differences").get(0).path("message").asText())
                .startsWith("C-A1 (AA");
    }

    private void receive(String accession, String modality) {
        database.transactions()
                .run(session -> session.receivedMessages()
                        .add(new ReceivedMessage(
                                new ReceivedMessage.Key("NORTHRIS|NORTH", "C-" + accession, accession),
                                "ORM^O01",
                                "default",
                                MappingFixture.NOW,
                                MappingFixture.order(accession, modality),
                                "AA")));
    }

    /** Reads, and does not commit. */
    private static final class BrokenTransactions extends Transactions {

        private final Transactions real;

        BrokenTransactions(Transactions real) {
            this.real = real;
        }

        @Override
        public <T> Committed<T> write(Function<io.collimator.workflow.port.Session, T> work) {
            throw new StorageException("The disk is full.", null);
        }

        @Override
        public <T> T read(Function<io.collimator.workflow.port.Session, T> work) {
            return real.read(work);
        }
    }
}
