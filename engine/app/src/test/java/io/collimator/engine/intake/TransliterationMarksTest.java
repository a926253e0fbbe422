package io.collimator.engine.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.RecordTransliteration;
import io.collimator.workflow.usecase.RecordTransliteration.Transliterated;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransliterationMarksTest {

    /** Counts what is written, without writing it. */
    private static final class Store extends Transactions {

        private boolean away;
        private int written;

        @Override
        @SuppressWarnings("unchecked")
        public <T> Committed<T> write(Function<Session, T> work) {
            if (away) {
                throw new StorageException("The store is away.");
            }
            written++;
            return committed((T) Boolean.TRUE, Instant.EPOCH);
        }

        @Override
        public <T> T read(Function<Session, T> work) {
            throw new StorageException("Nothing is read.");
        }
    }

    private final Store store = new Store();
    private final TransliterationMarks marks = new TransliterationMarks(new RecordTransliteration(
            store, new Notices(Clock.systemUTC(), () -> new UUID(0, 0), (id, at, notice) -> "")));

    @AfterEach
    void close() {
        marks.close();
    }

    private void mark(int from, int to, String peer) {
        for (int i = from; i < to; i++) {
            marks.mark(new Transliterated(new AccessionNumber("A" + i), new AeTitle(peer), "it"));
        }
    }

    @Test
    void each_is_told_once_however_often_it_comes() {
        for (int query = 0; query < 5; query++) {
            mark(0, 3, "CT1");
            mark(0, 3, "CT2");
            marks.record();
        }

        assertThat(store.written).isEqualTo(6);
    }

    @Test
    void what_the_store_does_not_take_waits_and_is_told_later() {
        store.away = true;
        mark(0, 3, "CT1");
        marks.record();
        mark(0, 3, "CT1");
        store.away = false;

        marks.record();
        marks.record();

        assertThat(store.written).isEqualTo(3);
    }

    @Test
    void what_finds_no_place_is_told_when_it_comes_again() {
        mark(0, 1_500, "CT1");
        marks.record();
        int atFirst = store.written;

        mark(0, 1_500, "CT1");
        marks.record();

        assertThat(atFirst).isEqualTo(1_000);
        assertThat(store.written).isEqualTo(1_500);
    }
}
