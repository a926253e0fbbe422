package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of what a sender sent, when the sender ends its side or all of the connection. */
@Timeout(60)
class MllpSenderEndsIT {

    private static final String INTAKE = "- bean: {ref: orders, method: accept}\n";

    private static String order(String controlId) {
        return order(controlId, "");
    }

    private static String order(String controlId, String wishes) {
        return "MSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102030405||ORM^O01|" + controlId + "|P|2.5.1" + wishes
                + "\rORC|NW|1|2\r";
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "OK" + i).toList();
    }

    private static String packet(List<String> controlIds, String wishes) {
        return controlIds.stream()
                .map(controlId -> MllpSocket.frame(order(controlId, wishes)))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({"3, ''", "10, ''", "10, '|||NE|NE'", "10, '|||AL|AL'", "400, ''", "400, '|||NE|NE'"})
    void what_came_whole_before_the_sender_closed_is_processed_in_order(int count, String wishes) throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write(packet(ids(count), wishes));
            sender.close();

            await().atMost(Duration.ofMinutes(1)).until(() -> engine.transport.connections() == 0);
            assertThat(engine.intake.seen).isEqualTo(ids(count));
            assertThat(engine.transport.losses()).containsEntry("message-not-processed", 0L);
            assertThat(engine.transport.drain(Duration.ofSeconds(5))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void what_waits_while_the_first_is_processed_is_processed_too(boolean reset) throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect();
                LogOf log = new LogOf(MllpLosses.class)) {
            sender.write(MllpSocket.frame(order("SLOW1")) + packet(ids(100), ""));
            assertThat(engine.intake.entered.await(60, TimeUnit.SECONDS)).isTrue();
            if (reset) {
                sender.reset();
            } else {
                sender.close();
            }
            engine.intake.release.countDown();

            await().atMost(Duration.ofMinutes(1)).until(() -> engine.transport.connections() == 0);
            assertThat(engine.intake.seen.subList(1, 101)).isEqualTo(ids(100));
            assertThat(engine.transport.losses().get("answer-not-written")).isBetween(90L, 101L);
            assertThat(log.lines).singleElement().asString().contains("gone before", "OK98, OK99");
        }
    }

    @Test
    void a_sender_that_closes_in_the_middle_of_a_frame_has_the_whole_ones_processed() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect();
                LogOf log = new LogOf(MllpLosses.class)) {
            sender.write(packet(ids(5), "|||NE|NE") + "\u000b" + order("HALF5"));
            sender.close();

            await().atMost(Duration.ofMinutes(1)).until(() -> engine.transport.connections() == 0);
            assertThat(engine.intake.seen).isEqualTo(ids(5));
            assertThat(engine.transport.losses()).containsEntry("frame-without-end", 1L);
            assertThat(log.lines).singleElement().asString().contains("\"HALF5\"", "not processed");
        }
    }

    @Test
    void what_came_whole_before_a_frame_that_does_not_end_in_time_is_processed() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write(MllpSocket.frame(order("SLOW1")) + packet(ids(5), "") + "\u000bMSH|");
            assertThat(engine.intake.entered.await(60, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> engine.transport.losses().get("frame-without-end") == 1);
            engine.intake.release.countDown();

            assertThat(sender.receive()).contains("MSA|AA|SLOW1");
            for (String controlId : ids(5)) {
                assertThat(sender.receive()).contains("MSA|AA|" + controlId);
            }
            assertThat(sender.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "300"})
    void a_sender_that_ends_its_side_only_gets_every_answer_and_then_the_end(int count) throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write(packet(ids(count), ""));
            sender.endOutput();

            for (String controlId : ids(count)) {
                assertThat(sender.receive()).contains("MSA|AA|" + controlId);
            }
            assertThat(sender.isEnded()).isTrue();
            assertThat(engine.transport.losses()).containsEntry("answer-not-written", 0L);
        }
    }

    @Test
    void a_sender_that_ends_its_side_with_nothing_sent_gets_the_end() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.endOutput();

            assertThat(sender.isEnded()).isTrue();
        }
    }

    @Test
    void a_last_frame_without_cr_counts_when_the_sender_ends_its_side() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write("\u000b" + order("OK1") + "\u001c");
            sender.endOutput();

            assertThat(sender.receive()).contains("MSA|AA|OK1");
            assertThat(sender.isEnded()).isTrue();
        }
    }

    @Test
    void a_sender_that_has_gone_leaves_room_for_another_while_its_message_is_processed() throws Exception {
        try (MllpEngine engine = new MllpEngine("", INTAKE, MllpEngine.settings(Duration.ofSeconds(20), 1))) {
            try (MllpSocket first = engine.connect()) {
                first.send(order("SLOW1"));
                assertThat(engine.intake.entered.await(60, TimeUnit.SECONDS)).isTrue();
            }
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                try (MllpSocket second = engine.connect()) {
                    assertThat(second.ask(order("OK2"))).contains("MSA|AA|OK2");
                }
            });
            assertThat(engine.transport.connections()).isPositive();
            engine.intake.release.countDown();

            await().atMost(Duration.ofMinutes(1)).until(() -> engine.transport.connections() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, true", "3, false", "900, true", "900, false"})
    void what_is_not_processed_because_the_engine_stops_is_named(int count, boolean isGone) throws Exception {
        try (LogOf log = new LogOf(MllpLosses.class)) {
            MllpEngine engine = MllpEngine.with(INTAKE);
            try (MllpSocket sender = engine.connect()) {
                sender.write(MllpSocket.frame(order("SLOW1")) + packet(ids(count), "|||NE|NE"));
                assertThat(engine.intake.entered.await(60, TimeUnit.SECONDS)).isTrue();
                if (isGone) {
                    sender.close();
                }
                assertThat(engine.transport.drain(Duration.ofMillis(1))).isFalse();
                engine.close();
            }

            assertThat(engine.intake.seen).containsExactly("SLOW1");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(log.lines)
                            .anySatisfy(line -> assertThat(line)
                                    .contains(
                                            count + " messages",
                                            "not processed",
                                            "OK0, OK1, OK2",
                                            "OK" + (count - 1))));
        }
    }

    @Test
    void a_route_that_does_not_end_keeps_no_connection_whose_sender_has_gone() throws Exception {
        try (MllpEngine engine = new MllpEngine("", INTAKE, MllpEngine.settings(Duration.ofMillis(300), 4));
                MllpSocket sender = engine.connect();
                LogOf log = new LogOf(MllpLosses.class)) {
            sender.write(MllpSocket.frame(order("SLOW1")) + packet(ids(2), ""));
            sender.close();

            await().atMost(Duration.ofMinutes(1)).until(() -> engine.transport.connections() == 0);
            assertThat(log.lines).anySatisfy(line -> assertThat(line).contains("not processed", "OK0, OK1"));
        }
    }
}
