package io.collimator.engine.intake;

import io.collimator.engine.schedule.EverySecond;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.usecase.RecordTransliteration;
import io.collimator.workflow.usecase.RecordTransliteration.Transliterated;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks transliterated entries in the timelines of their accessions, on a thread of its own: no query waits for it. Those of a
 * modality come with each of its queries; what was marked lately is remembered, and the timeline knows the rest. What finds no
 * place now is marked at one of the next queries. Thread-safe.
 */
public final class TransliterationMarks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransliterationMarks.class);
    private static final int MAX_WAITING = 1_000;
    private static final int REMEMBERED = 20_000;

    private final RecordTransliteration useCase;
    private final Queue<Transliterated> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    /** Accession and peer of those that wait or are marked; the oldest ones give way. */
    private final Set<String> known = new LinkedHashSet<>();

    private final EverySecond looks;

    public TransliterationMarks(RecordTransliteration useCase) {
        this.useCase = useCase;
        this.looks = new EverySecond("transliterations", "What was transliterated", this::record);
    }

    public void start() {
        looks.start();
    }

    /** Never blocks. */
    void mark(Transliterated entry) {
        String key = entry.peer() + "\\" + entry.accession().key();
        synchronized (known) {
            if (!known.contains(key) && waiting.offer(entry)) {
                if (known.size() == REMEMBERED) {
                    known.remove(known.iterator().next());
                }
                known.add(key);
            }
        }
    }

    /** Records what waits; for the scheduler and for tests. */
    void record() {
        for (Transliterated entry = waiting.peek(); entry != null; entry = waiting.peek()) {
            try {
                useCase.record(entry);
            } catch (StorageException e) {
                LOG.debug("A transliteration waits: the database does not answer", e);
                return;
            } catch (RuntimeException e) {
                LOG.error("The timeline of accession {} does not tell its transliteration", entry.accession(), e);
            }
            boolean unused = waiting.remove(entry);
        }
    }

    @Override
    public void close() {
        looks.close();
    }
}
