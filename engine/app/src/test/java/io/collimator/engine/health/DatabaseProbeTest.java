package io.collimator.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.engine.console.HealthState.Level;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DatabaseProbeTest {

    /** A store that fails as a test says. */
    private static final class Broken extends Transactions {

        private final Transactions store;
        private final boolean reads;
        private final boolean writes;

        Broken(Transactions store, boolean reads, boolean writes) {
            this.store = store;
            this.reads = reads;
            this.writes = writes;
        }

        @Override
        public <T> Committed<T> write(Function<Session, T> work) {
            if (!writes) {
                throw new StorageException("The disk is full.", new IllegalStateException());
            }
            return store.write(work);
        }

        @Override
        public <T> T read(Function<Session, T> work) {
            if (!reads) {
                throw new StorageException("Nobody answers.", new IllegalStateException());
            }
            return store.read(work);
        }
    }

    @Test
    void it_is_up_when_it_reads_and_writes_and_down_when_it_only_reads() {
        try (Database database = Database.open(
                DatabaseSettings.of("jdbc:h2:mem:" + UUID.randomUUID(), "sa", () -> ""), Clock.systemUTC())) {
            Transactions store = database.transactions();

            assertThat(probe(store, Optional.empty()).get().level()).isEqualTo(Level.UP);
            assertThat(probe(new Broken(store, true, false), Optional.empty()).get())
                    .satisfies(state -> {
                        assertThat(state.level()).isEqualTo(Level.DOWN);
                        assertThat(state.detail()).contains("takes no writes", "AR 207");
                    });
            assertThat(probe(new Broken(store, false, false), Optional.empty()).get())
                    .satisfies(state -> {
                        assertThat(state.level()).isEqualTo(Level.DOWN);
                        assertThat(state.detail()).contains("collimator.db.url");
                    });
            assertThat(probe(store, Optional.of("The disk is full.")).get()).satisfies(state -> {
                assertThat(state.level()).isEqualTo(Level.DOWN);
                assertThat(state.detail()).isEqualTo("The disk is full.");
            });
        }
    }

    private static DatabaseProbe probe(Transactions store, Optional<String> trouble) {
        return new DatabaseProbe(store, () -> trouble, "H2", Clock.systemUTC());
    }
}
