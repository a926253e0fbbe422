package io.collimator.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.DeliveryOutcome;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.outbox.SentNotice;
import io.collimator.workflow.outbox.SentRange;
import io.collimator.workflow.outbox.UsedBroker;
import io.collimator.workflow.port.Transactions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The record of deliveries: where it begins, where it ends, and clocks that jump. */
class DeliveriesIT {

    private static final Instant NOW = Instant.parse("2026-11-22T08:15:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String STATUS = "collimator.status";
    private static final String EVENTS = "collimator.events";
    private static final SentRange EVERYTHING = new SentRange(null, null, null);

    @Test
    void of_what_was_sent_before_the_record_began_nobody_knows_what_became_of_it() throws SQLException {
        // given
        String url = "jdbc:h2:mem:unrecorded;DB_CLOSE_DELAY=-1";
        try (Database database = open(url);
                Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            add(database.transactions(), 1, STATUS, NOW);
            add(database.transactions(), 2, EVENTS, NOW);
            statement.execute("DROP TABLE held_message");
            statement.execute("DROP TABLE held_line");
            statement.execute("DROP TABLE paused_queue");
            statement.execute("DROP TABLE settled_notice");
            statement.execute("DROP TABLE used_broker");
            statement.execute("ALTER TABLE exception_record DROP COLUMN closed_at");
            statement.execute("DROP TABLE open_exception");
            statement.execute("DROP TABLE sign_of_life");
            statement.execute("ALTER TABLE accession DROP COLUMN sent_fields");
            statement.execute("ALTER TABLE outbox DROP COLUMN sending_application");
            statement.execute("ALTER TABLE outbox DROP COLUMN sending_facility");
            statement.execute("ALTER TABLE archive_ask DROP COLUMN archive");
            statement.execute(
                    "DELETE FROM \"flyway_schema_history\" WHERE \"version\" IN ('13', '14', '16', '17', '18')");
        }

        // when
        try (Database database = open(url)) {

            // then
            assertThat(sent(database, EVERYTHING))
                    .extracting(SentNotice::outcome)
                    .containsExactly(DeliveryOutcome.UNKNOWN, null);
        }
    }

    @Test
    void the_record_of_a_notice_ends_with_it_and_what_was_accepted_stays_so() throws SQLException {
        String url = "jdbc:h2:mem:ends";
        try (Database database = open(url);
                Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            // given
            Transactions transactions = database.transactions();
            add(transactions, 1, STATUS, NOW);
            for (DeliveryOutcome outcome :
                    List.of(DeliveryOutcome.DEAD_LETTER, DeliveryOutcome.ACCEPTED, DeliveryOutcome.DEAD_LETTER)) {
                transactions.run(session -> {
                    session.deliveries().settle(id(1), STATUS, outcome, NOW);
                    session.deliveries().settle(id(99), STATUS, outcome, NOW);
                });
            }
            assertThat(sent(database, EVERYTHING))
                    .extracting(SentNotice::outcome)
                    .containsExactly(DeliveryOutcome.ACCEPTED);

            // when
            statement.execute("DELETE FROM outbox");

            // then
            try (var rows = statement.executeQuery("SELECT count(*) FROM settled_notice")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    @Test
    void a_new_broker_lacks_what_was_sent_before_it_whatever_the_clock_says() {
        try (Database database = open("jdbc:h2:mem:broker")) {
            // given
            Transactions transactions = database.transactions();
            UsedBroker first = use(transactions, "A", false, NOW);
            add(transactions, 1, EVENTS, NOW.plusSeconds(3600));
            UsedBroker second = use(transactions, "B", true, NOW);
            add(transactions, 2, EVENTS, NOW);

            // when / then
            assertThat(first.lacksNotices()).isFalse();
            assertThat(second.lacksNotices()).isTrue();
            assertThat(transactions.<UsedBroker>read(
                            session -> session.deliveries().broker().orElseThrow()))
                    .isEqualTo(second);
            assertThat(sent(database, new SentRange(null, null, second)))
                    .extracting(SentNotice::id)
                    .containsExactly(id(1));
            assertThat(use(transactions, "A", true, NOW).since()).isAfter(second.since());
        }
    }

    private static UsedBroker use(Transactions transactions, String nodeId, boolean isEmpty, Instant now) {
        return transactions
                .write(session -> session.deliveries().useBroker(nodeId, isEmpty, now))
                .value();
    }

    private static List<SentNotice> sent(Database database, SentRange range) {
        return database.transactions().read(session -> session.deliveries().sent(range, 0, 10));
    }

    private static void add(Transactions transactions, int number, String queue, Instant sentAt) {
        transactions.run(session -> session.outbox()
                .add(new OutboxMessage(id(number), queue, "type", new AccessionNumber("ACC1"), NOW, "body")));
        transactions.run(session -> session.outbox().markSent(List.of(id(number)), sentAt));
    }

    private static UUID id(int number) {
        return new UUID(7, number);
    }

    private static Database open(String url) {
        return Database.open(DatabaseSettings.of(url, "sa", () -> ""), CLOCK);
    }
}
