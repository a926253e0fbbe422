package io.collimator.acceptance.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.RawMllp;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets which answers: original and enhanced mode, batches. */
class AcknowledgementIT {

    @TempDir
    private static Path folder;

    private static IntakeHouse house;

    @BeforeAll
    static void open() {
        house = IntakeHouse.open(folder);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void accept_and_application_acknowledgement_come_in_their_order() {
        try (RawMllp sender = connection()) {
            sender.frame(mode(Er7.order("MODE1"), "AL", "AL").toString());

            assertThat(sender.acknowledgement().verdict()).isEqualTo("CA");
            assertThat(sender.acknowledgement().verdict()).isEqualTo("AA");
        }
        assertThat(house.isListed("MODE1")).isTrue();
    }

    @Test
    void an_accept_acknowledgement_alone_never_hides_a_refusal() {
        try (RawMllp sender = connection()) {
            sender.frame(mode(Er7.order("MODE2", "CA"), "AL", "NE").toString());

            assertThat(sender.acknowledgement().code()).isEqualTo("CE");
        }
    }

    @Test
    void who_asks_for_nothing_gets_nothing_and_a_refusal_is_an_exception() {
        try (RawMllp sender = connection()) {
            sender.frame(mode(Er7.order("MODE3"), "NE", "NE").toString())
                    .frame(mode(Er7.order("MODE3X", "CA"), "NE", "NE").toString())
                    .frame(Er7.order("MODE4").toString());

            assertThat(sender.acknowledgement().controlId()).isEqualTo("MODE4-NW");
        }
        assertThat(house.isListed("MODE3")).isTrue();
        assertThat(house.api().exceptions().toString()).contains("MODE3X-CA");
    }

    @Test
    void a_batch_is_answered_by_a_batch_with_one_answer_for_each_message() {
        String batch = "FHS|^~\\&|NORTHRIS|NORTH GENERAL\nBHS|^~\\&|NORTHRIS|NORTH GENERAL|||20261122||||B-1\n"
                + Er7.order("BATCH1") + Er7.order("BATCH2", "CA") + Er7.order("BATCH3") + "BTS|3\nFTS|1\n";

        String answer = house.send(batch).text();

        assertThat(answer).startsWith("FHS|").contains("\nBHS|").contains("\nBTS|3");
        assertThat(answer.lines().filter(line -> line.startsWith("MSA|")).map(line -> line.substring(0, 6)))
                .containsExactly("MSA|AA", "MSA|AE", "MSA|AA");
        assertThat(house.isListed("BATCH1")).isTrue();
        assertThat(house.isListed("BATCH3")).isTrue();
    }

    private static RawMllp connection() {
        return new RawMllp(house.engine().engine().mllp());
    }

    private static Er7 mode(Er7 message, String accept, String application) {
        return message.set("MSH", 15, accept).set("MSH", 16, application);
    }
}
