package io.collimator.persistence;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;

/**
 * Gives back what an H2 file no longer needs. H2 has a thread for it, which does not run with {@code WRITE_DELAY=0}: of each
 * commit some forty pages stay, and a twentieth of them is needed. Not thread-safe.
 */
public final class H2Compaction {

    /** Chunks are written anew while less of them than this is needed, in percent. */
    private static final int NEEDED_WHEN_BUSY = 30;

    private static final int NEEDED_WHEN_IDLE = 80;
    /** While less of the file than this is used, in percent, chunks at its end are moved to the front and it is cut. */
    private static final int USED_WHEN_BUSY = 40;

    private static final int USED_WHEN_IDLE = 90;
    /** At once: for so long nobody commits. Doubled while no chunk is that small. */
    private static final int REWRITE_BYTES = 256 * 1024;

    private static final int MAX_REWRITE_BYTES = 1024 * 1024;
    private static final int MAX_REWRITE_BYTES_WHEN_IDLE = 16 * 1024 * 1024;

    private static final int MOVE_BYTES = 2 * 1024 * 1024;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** After these the file is as small as it gets until somebody writes. */
    private static final int IDLE_SWEEPS = 240;

    private final long pauseNanos;
    private long swept;
    private long writes;
    private int idleSweeps;

    /** @param pause between two steps while others write */
    public H2Compaction(Duration pause) {
        pauseNanos = pause.toNanos();
        swept = System.nanoTime() - pauseNanos;
    }

    /** One bounded step: a twentieth of a second, and what a slow disk takes to be forced. Call it some times a second. */
    public void sweep(MVStore store) {
        RandomAccessStore file = (RandomAccessStore) store.getFileStore();
        long count = file.getWriteCount();
        boolean idle = count == writes;
        writes = count;
        idleSweeps = idle ? idleSweeps + 1 : 0;
        if (idle ? idleSweeps > IDLE_SWEEPS : System.nanoTime() - swept < pauseNanos) {
            return;
        }
        if (!idle) {
            // whatever is older than the retention time has reached the disk before its place is used again
            store.sync();
        }
        rewrite(store, file, idle);
        if (file.getFillRate() < (idle ? USED_WHEN_IDLE : USED_WHEN_BUSY)) {
            file.compactMoveChunks(USED_WHEN_IDLE, MOVE_BYTES, store);
        }
        writes = file.getWriteCount();
        swept = System.nanoTime();
    }

    private static void rewrite(MVStore store, RandomAccessStore file, boolean idle) {
        int needed = idle ? NEEDED_WHEN_IDLE : NEEDED_WHEN_BUSY;
        int most = idle ? MAX_REWRITE_BYTES_WHEN_IDLE : MAX_REWRITE_BYTES;
        int bytes = REWRITE_BYTES;
        long begin = System.nanoTime();
        while (bytes <= most && System.nanoTime() - begin < SWEEP_NANOS && neededOfOldChunks(file) < needed) {
            if (store.compact(needed, bytes)) {
                store.commit();
            } else {
                bytes *= 2;
            }
        }
    }

    /** In percent; chunks younger than the retention time stay as they are and do not count. */
    private static int neededOfOldChunks(RandomAccessStore file) {
        Map<String, String> facts = new HashMap<>();
        file.populateInfo(facts::put);
        return Integer.parseInt(facts.getOrDefault("info.CHUNKS_FILL_RATE_RW", "100"));
    }
}
