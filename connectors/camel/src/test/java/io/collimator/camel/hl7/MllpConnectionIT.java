package io.collimator.camel.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a sender may do to a connection, read from the socket. */
@Timeout(60)
class MllpConnectionIT {

    private static final String INTAKE = "- bean: {ref: orders, method: accept}\n";

    private static String order(String controlId) {
        return "MSH|^~\\&|RIS|HOSP|COLLIMATOR|RAD|20260102030405||ORM^O01|" + controlId + "|P|2.5.1\rORC|NW|1|2\r";
    }

    @Test
    void messages_in_one_packet_are_answered_each_once_and_in_order() throws Exception {
        StringBuilder packet = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            packet.append(MllpSocket.frame(order(i % 2 == 0 ? "OK" + i : "BOOM" + i)));
        }

        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write(packet.toString());

            for (int i = 0; i < 40; i++) {
                assertThat(sender.receive()).contains(i % 2 == 0 ? "MSA|AA|OK" + i : "MSA|AR|BOOM" + i);
            }
        }
    }

    @Test
    void a_start_block_inside_a_frame_abandons_what_came_before() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write("\u000b" + order("OK1") + MllpSocket.frame(order("OK2")) + MllpSocket.frame(order("OK3")));

            assertThat(sender.receive()).contains("MSA|AA|OK2");
            assertThat(sender.receive()).contains("MSA|AA|OK3");
        }
    }

    @Test
    void a_frame_whose_end_is_not_sure_is_refused_in_its_turn_and_the_next_is_taken() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write(MllpSocket.frame(order("OK1"))
                    + "\u000b" + order("OK2") + "\u001cX" + order("OK3")
                    + "\u000bno header\u001c\u001c\r"
                    + "\u000b" + order("OK4") + "\u001c\n"
                    + "\u000b" + order("OK5") + "\u001c");

            assertThat(sender.receive()).contains("MSA|AA|OK1");
            assertThat(sender.receive()).contains("MSA|AE|OK2", "FS CR");
            assertThat(sender.receive()).contains("MSA|AE|", "FS CR");
            assertThat(sender.receive()).contains("MSA|AA|OK4");
            assertThat(sender.receive()).contains("MSA|AA|OK5");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(engine.oversized).hasSize(2));
        }
    }

    @Test
    void a_frame_over_the_limit_with_a_header_is_answered_ae_and_the_connection_closed() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write("\u000b" + order("OK1") + "OBX|1||" + "x".repeat(5000));

            assertThat(sender.receive()).contains("MSA|AE|OK1", "|102^", "4096");
            assertThat(sender.isEnded()).isTrue();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(engine.oversized).containsExactly("MSH|^~\\&|RIS|HOSP|CO"));
        }
    }

    @Test
    void a_frame_over_the_limit_without_a_header_only_ends_the_connection() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.write("\u000b" + "x".repeat(5000));

            assertThat(sender.isEnded()).isTrue();
        }
    }

    @Test
    void a_frame_that_does_not_end_and_an_idle_connection_are_closed() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket idle = engine.connect();
                MllpSocket partial = engine.connect()) {
            partial.write("\u000bMSH|");

            assertThat(partial.isEnded()).isTrue();
            assertThat(idle.isEnded()).isTrue();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(engine.transport.connections()).isZero());
        }
    }

    @Test
    void for_one_connection_too_many_the_idle_one_gives_way_and_one_that_waits_for_its_answer_does_not()
            throws Exception {
        try (MllpEngine engine = new MllpEngine("", INTAKE, MllpEngine.settings(Duration.ofSeconds(20), 1));
                MllpSocket first = engine.connect()) {
            assertThat(first.ask(order("OK1"))).contains("MSA|AA|OK1");
            try (MllpSocket second = engine.connect()) {
                second.send(order("SLOW2"));
                assertThat(engine.intake.entered.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(first.isEnded()).isTrue();
                try (MllpSocket third = engine.connect()) {
                    assertThat(third.isEnded()).isTrue();
                }
                engine.intake.release.countDown();
                assertThat(second.receive()).contains("MSA|AA|SLOW2");
            }
            assertThat(engine.transport.crowdedOut())
                    .containsEntry("idle-longest", 1L)
                    .containsEntry("refused-host", 1L);
        }
    }

    @Test
    void a_slow_message_holds_up_its_own_connection_only() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket slow = engine.connect()) {
            slow.send(order("SLOW1"));
            slow.send(order("OK2"));
            assertThat(engine.intake.entered.await(60, TimeUnit.SECONDS)).isTrue();

            for (int i = 0; i < 8; i++) {
                try (MllpSocket other = engine.connect()) {
                    assertThat(other.ask(order("OK" + i))).contains("MSA|AA|OK" + i);
                }
            }
            engine.intake.release.countDown();

            assertThat(slow.receive()).contains("MSA|AA|SLOW1");
            assertThat(slow.receive()).contains("MSA|AA|OK2");
        }
    }

    @Test
    void a_route_that_does_not_end_is_answered_ar_in_time_and_the_connection_closed() throws Exception {
        try (MllpEngine engine = new MllpEngine("", INTAKE, MllpEngine.settings(Duration.ofMillis(300), 4));
                MllpSocket sender = engine.connect()) {
            sender.send(order("SLOW1"));

            assertThat(sender.receive()).contains("MSA|AR|SLOW1", "|207^");
            assertThat(sender.isEnded()).isTrue();
        }
    }

    @Test
    void draining_answers_what_is_under_way_and_takes_nothing_more() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE);
                MllpSocket sender = engine.connect()) {
            sender.send(order("SLOW1"));
            assertThat(engine.intake.entered.await(60, TimeUnit.SECONDS)).isTrue();

            CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> {
                try {
                    return engine.transport.drain(Duration.ofSeconds(10));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                try (MllpSocket late = engine.connect()) {
                    assertThat(late.isEnded()).isTrue();
                }
            });
            assertThat(drained).isNotDone();
            engine.intake.release.countDown();

            assertThat(drained.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(sender.receive()).contains("MSA|AA|SLOW1");
        }
    }

    @Test
    void a_sender_that_leaves_before_its_answer_harms_no_one() throws Exception {
        try (MllpEngine engine = MllpEngine.with(INTAKE)) {
            try (MllpSocket leaver = engine.connect()) {
                leaver.send(order("SLOW1"));
                assertThat(engine.intake.entered.await(60, TimeUnit.SECONDS)).isTrue();
            }
            engine.intake.release.countDown();
            await().atMost(Duration.ofMinutes(1)).until(() -> engine.transport.connections() == 0);

            try (MllpSocket other = engine.connect()) {
                assertThat(other.ask(order("OK2"))).contains("MSA|AA|OK2");
            }
            assertThat(engine.transport.drain(Duration.ofSeconds(5))).isTrue();
        }
    }
}
