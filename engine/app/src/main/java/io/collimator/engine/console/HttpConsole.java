package io.collimator.engine.console;

import io.collimator.engine.config.HttpSettings;
import io.collimator.workflow.port.AnswerTime;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API, metrics and health on one port. A Vert.x server of our own instead of Camel's: it starts before the routes and stops after
 * them, so that health can be asked while they start, and it knows the port that it got.
 */
public final class HttpConsole implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConsole.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int WORKERS = 4;
    private static final int HEALTH_WORKERS = 2;
    private static final int WAITING_REQUESTS = 64;
    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_REQUEST_LINE = 4_096;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int IDLE_SECONDS = 30;
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(60);

    /** Each may take the memory of a whole mapping. */
    private static final int MAX_BODIES = 4;

    /** Nothing that we send is ours to keep in a cache or to show in a frame. */
    private static final Map<String, String> EVERY_ANSWER = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    private final HttpSettings settings;
    private final Resources resources;
    private final AnswerTime answerTime;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger bodies = new AtomicInteger();
    private final Vertx vertx;
    private final HttpServer server;
    private final ExecutorService workers;
    private final ExecutorService healthWorkers;

    /** @param password of the user {@code admin} */
    public HttpConsole(HttpSettings settings, String password, ConsoleSources sources) {
        this(settings, password, sources, AnswerTime.NO_LIMIT);
    }

    /**
     * Makes it.
     *
     * @param password of the user {@code admin}
     * @param answerTime for everything but changes of the mapping
     */
    public HttpConsole(HttpSettings settings, String password, ConsoleSources sources, AnswerTime answerTime) {
        this.settings = settings;
        this.answerTime = answerTime;
        this.resources = new Resources(password, sources, settings.isOnLoopback());
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(settings.bindAddress())
                .setPort(settings.port())
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
        this.workers = pool("console", WORKERS);
        // what others ask of a database that hangs must not hide it
        this.healthWorkers = pool("console-health", HEALTH_WORKERS);
    }

    private static ExecutorService pool(String name, int size) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Listens.
     *
     * @throws ConsoleException when the port is taken or the address is not ours
     */
    public void start() {
        server.connectionHandler(this::count);
        server.requestHandler(this::receive);
        try {
            await(server.listen());
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new ConsoleException(
                    "The HTTP listener cannot listen on %s:%d: the port is taken or the address is not ours. Set collimator.http.port or collimator.http.bind-address."
                            .formatted(settings.bindAddress(), settings.port()),
                    e);
        }
    }

    /** Where it listens, with the real port; once started. */
    public InetSocketAddress address() {
        return new InetSocketAddress(settings.bindAddress(), server.actualPort());
    }

    /** What a browser is given; once started. */
    public String url() {
        String host =
                settings.bindAddress().contains(":") ? "[" + settings.bindAddress() + "]" : settings.bindAddress();
        return "http://" + host + ":" + server.actualPort();
    }

    /** Ends in bounded time; what is being answered is cut off. */
    @Override
    public void close() {
        workers.shutdownNow();
        healthWorkers.shutdownNow();
        try {
            await(vertx.close());
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The HTTP listener did not stop cleanly.", e);
        }
    }

    private void count(HttpConnection connection) {
        connection.closeHandler(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() > MAX_CONNECTIONS) {
            connection.close();
        }
    }

    /** On the event loop: takes the body where one is due, then hands over to a worker, which may block. */
    private void receive(HttpServerRequest request) {
        Request head = new Request(
                request.method().name(), pathOf(request), request.query(), request.getHeader("Authorization"));
        if (!announcesBody(request)) {
            work(request, head, () -> {});
            return;
        }
        Optional<Reply> refusal = resources.refusesBody(head);
        if (refusal.isPresent()) {
            refuse(request, refusal.get());
        } else if (bodies.incrementAndGet() > MAX_BODIES) {
            bodies.decrementAndGet();
            refuse(request, busy(head.path()));
        } else {
            readBody(request, head);
        }
    }

    private void readBody(HttpServerRequest request, Request head) {
        AtomicBoolean released = new AtomicBoolean();
        Runnable release = () -> {
            if (released.compareAndSet(false, true)) {
                bodies.decrementAndGet();
            }
        };
        request.connection().closeHandler(closed -> {
            connections.decrementAndGet();
            release.run();
        });
        long deadline = vertx.setTimer(
                BODY_TIMEOUT.toMillis(), late -> request.connection().close());
        Buffer content = Buffer.buffer();
        AtomicBoolean refused = new AtomicBoolean();
        request.handler(chunk -> {
            if (content.length() + chunk.length() <= resources.maxBodyBytes()) {
                content.appendBuffer(chunk);
            } else if (refused.compareAndSet(false, true)) {
                refuse(request, tooLarge(head.path()));
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(deadline);
            if (refused.get()) {
                return; // the connection is about to close, which releases
            }
            Request.Body body = Request.Body.of(request.getHeader("Content-Type"), content.getBytes());
            work(request, new Request(head.method(), head.path(), head.query(), head.authorization(), body), release);
        });
    }

    private void work(HttpServerRequest request, Request asked, Runnable release) {
        Context context = vertx.getOrCreateContext();
        long arrived = System.nanoTime();
        try {
            (Resources.isHealth(asked.path()) ? healthWorkers : workers).execute(() -> {
                Reply reply = resources.isLong(asked.path())
                        ? answerTime.asLongAsItTakes(() -> resources.answer(asked))
                        : answerTime.since(arrived, () -> resources.answer(asked));
                release.run();
                context.runOnContext(onLoop -> send(request, reply));
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Too many requests wait.", e);
            release.run();
            send(request, busy(asked.path()));
        }
    }

    private void refuse(HttpServerRequest request, Reply reply) {
        request.response().putHeader("Connection", "close");
        send(request, reply);
    }

    private Reply tooLarge(String path) {
        return Reply.problem(
                413,
                "The body has more than %d bytes (collimator.mapping.max-set-bytes); send less."
                        .formatted(resources.maxBodyBytes()),
                path);
    }

    private static Reply busy(String path) {
        return Reply.problem(503, "Too many requests wait; try again later.", path, Map.of("Retry-After", "1"));
    }

    /** Empty when the request names something that is no path, such as {@code *}. */
    private static String pathOf(HttpServerRequest request) {
        @Nullable String path = request.path();
        return path == null ? "" : path;
    }

    private static boolean announcesBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }

    private void send(HttpServerRequest request, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        EVERY_ANSWER.forEach(response::putHeader);
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.mediaType())
                .end(Buffer.buffer(reply.body()))
                .onFailure(e -> LOG.debug("The caller left before it was answered.", e));
    }

    private static <T> void await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            future.toCompletionStage().toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException("Interrupted while the HTTP listener started or stopped.", e);
        }
    }
}
