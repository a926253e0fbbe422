package io.collimator.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.port.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 in another process, behind a network that fails: its driver has a network time-out and no abort. */
class H2ServerFaultIT {

    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration SLACK = Duration.ofSeconds(8);
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void a_connection_that_is_swallowed_lets_its_thread_go_and_its_place_is_filled() throws SQLException {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        try (FaultProxy network = FaultProxy.to(server.getPort());
                Database database = open(network.port())) {
            // given
            network.swallowOld();

            // when / then
            long began = System.nanoTime();
            assertThatThrownBy(() -> {
                        for (int connection = 0; connection < 2; connection++) {
                            database.transactions()
                                    .run(session -> session.outbox().countPending());
                        }
                    })
                    .isInstanceOf(StorageException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ANSWER.plus(SLACK));
            await().atMost(RECOVERY)
                    .ignoreExceptions()
                    .untilAsserted(() -> database.transactions()
                            .run(session -> session.outbox().countPending()));
            assertThat(database.activeConnections()).isZero();
        } finally {
            server.stop();
        }
    }

    private static Database open(int port) {
        return Database.open(
                new DatabaseSettings(
                        "jdbc:h2:tcp://127.0.0.1:" + port + "/./store",
                        "sa",
                        () -> "",
                        2,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        ANSWER),
                Clock.systemUTC());
    }
}
