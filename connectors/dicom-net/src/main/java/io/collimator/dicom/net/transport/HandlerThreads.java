package io.collimator.dicom.net.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the bounded pools that handlers run on. */
final class HandlerThreads {

    private static final int KEEP_ALIVE_SECONDS = 30;

    private HandlerThreads() {}

    /** At most so many threads and so many tasks that wait for one; threads come with the first tasks and go again. */
    static ThreadPoolExecutor pool(int threads, int queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                new DefaultThreadFactory("dicom-handler", true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
