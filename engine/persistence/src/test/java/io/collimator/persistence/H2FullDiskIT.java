package io.collimator.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 closes its file for good when a write fails: what becomes of the store then, and after the disk has room again. */
class H2FullDiskIT {

    @TempDir
    private Path folder;

    private final List<String> ends = new CopyOnWriteArrayList<>();

    @Test
    void while_the_disk_is_full_lists_are_answered_and_afterwards_orders_are_stored_again() throws Exception {
        FullDisk.install();
        try (Database database = open()) {
            // given
            OrderFlow orders = new OrderFlow(database);
            orders.run(20, 4);
            List<Integer> stored = new ArrayList<>();

            for (int round = 0; round < 2; round++) {
                // when
                FullDisk.fill(folder);
                int first = 100 * (round + 1);
                for (int number = first; number < first + 5; number++) {
                    int refused = number;
                    assertThatThrownBy(() -> orders.accept(refused)).isInstanceOf(StorageException.class);
                }

                // then
                soon().untilAsserted(() -> assertThat(isThere(database, 20)).isTrue());
                assertThatThrownBy(() -> orders.accept(first + 5)).isInstanceOf(StorageException.class);
                assertThat(database.trouble()).get().asString().contains("No space left on device");
                for (int number = 1; number <= 20; number++) {
                    assertThat(isThere(database, number)).as("order %d", number).isTrue();
                }

                // when
                FullDisk.free(folder);

                // then
                soon().untilAsserted(() -> assertThat(database.trouble()).isEmpty());
                orders.accept(first + 10);
                stored.add(first + 10);
                assertThat(stored).allMatch(number -> isThere(database, number));
            }
            assertThat(ends).isEmpty();
        }
        try (Database database = open()) {
            assertThat(isThere(database, 20)).isTrue();
            assertThat(isThere(database, 210)).isTrue();
        }
    }

    @Test
    void a_file_that_cannot_be_opened_though_its_disk_takes_data_ends_the_engine() throws Exception {
        FullDisk.install();
        try (Database database = open()) {
            // given
            new OrderFlow(database).run(20, 4);
            FullDisk.fill(folder);
            assertThatThrownBy(() -> new OrderFlow(database).accept(100)).isInstanceOf(StorageException.class);

            // when
            destroy(folder.resolve("store.mv.db"));
            FullDisk.free(folder);

            // then
            soon().untilAsserted(() -> assertThat(ends).hasSize(1));
            assertThat(ends.get(0)).contains("its disk takes data");
            assertThat(database.trouble()).get().asString().contains("its disk takes data");
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private static void destroy(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate((int) channel.size()), 0);
        }
    }

    private static boolean isThere(Database database, int number) {
        return database.transactions()
                .read(session -> session.accessions().find(new AccessionNumber("A" + number)))
                .isPresent();
    }

    private Database open() {
        return Database.open(
                DatabaseSettings.of("jdbc:h2:full:" + folder.resolve("store"), "sa", () -> ""),
                Clock.systemUTC(),
                ends::add);
    }
}
