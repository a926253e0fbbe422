package io.collimator.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.messaging.NoticeFormat.Correspondents;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.outbox.OutboxMessage;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.RecordUndeliveredNotice;
import io.collimator.workflow.usecase.RefillBroker;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxOnDatabaseIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T08:15:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Database database;
    private Transactions transactions;
    private Broker broker;

    @BeforeEach
    void start() {
        database = Database.open(DatabaseSettings.of("jdbc:h2:file:" + folder.resolve("state"), "sa", () -> ""), CLOCK);
        transactions = database.transactions();
        broker = startBroker();
    }

    @AfterEach
    void stop() {
        broker.close();
        database.close();
    }

    @Test
    void the_broker_can_be_wiped_and_refilled_from_the_outbox() {
        // given
        List<String> ids = add(250);
        relay();
        broker.close();
        delete(folder.resolve("broker"));
        broker = startBroker();

        // when
        refill();
        relay();

        // then
        assertThat(received(Queues.EVENTS)).containsExactlyElementsOf(ids);
    }

    @Test
    void what_went_to_a_queue_that_is_no_more_holds_up_no_refill() {
        List<String> ids = add(3);
        OutboxMessage gone = notice(9, "collimator.status.GONE");
        relay();
        transactions.run(session -> {
            session.outbox().add(gone);
            session.outbox().markSent(List.of(gone.id()), CLOCK.instant());
        });

        RefillBroker.Answer answer = refill();
        relay();

        assertThat(received(Queues.EVENTS)).containsExactlyElementsOf(ids);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        RefillBroker.Refilled.class,
                        done -> assertThat(done.queues().get(gone.queue()))
                                .isEqualTo(new RefillBroker.Counts(0, Map.of(), 1)));
    }

    @Test
    void a_refill_of_a_broker_that_lost_nothing_doubles_nothing() {
        List<String> ids = add(120);
        relay();

        refill();
        relay();

        assertThat(received(Queues.EVENTS)).containsExactlyElementsOf(ids);
    }

    @Test
    void a_dead_letter_raises_one_exception_and_stays_on_its_queue() {
        // given
        String id = add(1).get(0);
        relay();
        failEachDelivery(Queues.EVENTS);

        // when
        DeadLetterWatch watch = watch();
        watch.scan();
        watch.scan();
        watch().scan();

        // then
        assertThat(raised()).singleElement().satisfies(exception -> {
            assertThat(exception.type()).isEqualTo(ExceptionType.NOTICE_UNDELIVERED);
            assertThat(exception.accession()).isEqualTo(new AccessionNumber("ACC0"));
            assertThat(exception.source()).isEqualTo(Queues.EVENTS);
            assertThat(exception.summary()).contains(id);
        });
        assertThat(pending()).hasSize(1);
        assertThat(received(Queues.DEAD_LETTERS)).containsExactly(id);
    }

    @Test
    void the_notice_of_a_dead_letter_that_dies_itself_raises_nothing_more() {
        // given
        add(1);
        relay();
        failEachDelivery(Queues.EVENTS);
        watch().scan();
        relay();
        failEachDelivery(Queues.EXCEPTIONS);

        // when
        watch().scan();

        // then
        assertThat(raised()).hasSize(2);
        assertThat(pending()).isEmpty();
    }

    @Test
    void what_waits_when_the_relay_ends_is_sent_before_it_ends() {
        try (OutboxRelay relay = newRelay()) {
            relay.start();
            await().atMost(PATIENCE).until(() -> relay.status().isWorking());

            add(30);
        }

        assertThat(pending()).isEmpty();
    }

    @Test
    void a_notice_that_no_queue_takes_holds_back_those_behind_it_and_the_status_says_so() {
        // given
        OutboxMessage before = notice(1, Queues.EVENTS);
        OutboxMessage refused = notice(2, "collimator.unknown");
        OutboxMessage behind = notice(3, Queues.EVENTS);
        transactions.run(session -> List.of(before, refused, behind).forEach(session.outbox()::add));

        // when
        try (OutboxRelay relay = newRelay()) {
            relay.start();
            await().atMost(PATIENCE).until(() -> relay.status().reason().contains("does not take"));

            // then
            assertThat(relay.status().isWorking()).isFalse();
        }
        assertThat(received(Queues.EVENTS)).containsExactly(before.id().toString());
        assertThat(pending()).extracting(OutboxMessage::id).containsExactly(refused.id(), behind.id());
    }

    private List<OutboxMessage> pending() {
        return transactions.read(session -> session.outbox().pending(10));
    }

    private List<ExceptionRecord> raised() {
        return transactions.read(session -> session.exceptions().list(null, 10));
    }

    private RefillBroker.Answer refill() {
        return new RefillBroker(transactions, true, Set.of(Queues.EVENTS), CLOCK)
                .refill(new RefillBroker.Wish(null, null, true));
    }

    private Broker startBroker() {
        return Broker.start(BrokerSettings.embedded(0), BrokerSettings.PASSWORD, folder.resolve("broker"));
    }

    private OutboxRelay newRelay() {
        return new OutboxRelay(transactions, broker.connections(), UUID.randomUUID(), BrokerSettings.relay(40), CLOCK);
    }

    private void relay() {
        try (OutboxRelay relay = newRelay()) {
            relay.start();
            await().atMost(PATIENCE).until(() -> pending().isEmpty());
        }
    }

    private DeadLetterWatch watch() {
        NoticeFormat format = new NoticeFormat(
                new AeTitle("COLLIMATOR"), new Correspondents("COLLIMATOR", "", "", "", "P"), ZoneOffset.UTC);
        return new DeadLetterWatch(
                broker.connections(),
                new RecordUndeliveredNotice(transactions, new Notices(CLOCK, UUID::randomUUID, format), CLOCK),
                outboxId -> "");
    }

    private List<String> add(int count) {
        List<OutboxMessage> notices = IntStream.range(0, count)
                .mapToObj(number -> notice(number, Queues.EVENTS))
                .toList();
        transactions.run(session -> notices.forEach(session.outbox()::add));
        return notices.stream().map(notice -> notice.id().toString()).toList();
    }

    private static OutboxMessage notice(int number, String queue) {
        return new OutboxMessage(
                new UUID(7, number),
                queue,
                "procedure.started",
                new AccessionNumber("ACC" + number % 7),
                CLOCK.instant(),
                "{\"number\":" + number + "}");
    }

    private void failEachDelivery(String queue) {
        try (JMSContext context = broker.connections().createContext(JMSContext.SESSION_TRANSACTED)) {
            JMSConsumer consumer = context.createConsumer(context.createQueue(queue));
            for (int delivery = 1; delivery <= 3; delivery++) {
                assertThat(consumer.receive(PATIENCE.toMillis())).isNotNull();
                context.rollback();
            }
        }
    }

    private List<String> received(String queue) {
        List<String> ids = new ArrayList<>();
        try (JMSContext context = broker.connections().createContext()) {
            JMSConsumer consumer = context.createConsumer(context.createQueue(queue));
            for (Message message = consumer.receive(2_000); message != null; message = consumer.receive(300)) {
                ids.add(message.getStringProperty("outboxId"));
            }
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
        return ids;
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
