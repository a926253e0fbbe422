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
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final int WAITING_REQUESTS = 64;
    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_REQUEST_LINE = 4_096;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final String UNKNOWN = "0.0.0.0";
    private static final Duration LOOK = Duration.ofSeconds(1);

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
    private final ConnectionPlaces places = new ConnectionPlaces(MAX_CONNECTIONS, System::nanoTime);

    /** Who waits for the answer to /health/ready that is being made; confined to the event loop. */
    private final List<HttpServerRequest> askedForHealth = new ArrayList<>();

    private final AtomicInteger bodies = new AtomicInteger();
    private final Vertx vertx;
    private final HttpServer server;
    private final ExecutorService workers;
    private final ExecutorService healthWorker;

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
                .setMaxHeaderSize(MAX_HEADER_BYTES));
        this.workers = pool("console", WORKERS);
        // what others ask of a database that hangs must not hide it
        this.healthWorker = pool("console-health", 1);
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
        server.connectionHandler(places::opened);
        server.requestHandler(this::receive);
        try {
            await(server.listen());
            vertx.setPeriodic(LOOK.toMillis(), tick -> places.closeLate());
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
        healthWorker.shutdownNow();
        try {
            await(vertx.close());
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The HTTP listener did not stop cleanly.", e);
        }
    }

    /** On the event loop: asks for the login and takes the body where one is due, then hands over to a worker, which may block. */
    private void receive(HttpServerRequest request) {
        Request head = new Request(request.method().name(), pathOf(request), request.query(), callerOf(request));
        boolean hasBody = announcesBody(request);
        Optional<Reply> refusal = resources.refuses(head, hasBody);
        if (refusal.isPresent() && hasBody) {
            refuse(request, refusal.get());
        } else if (refusal.isPresent()) {
            send(request, refusal.get());
        } else if (!hasBody) {
            answer(request, head);
        } else if (bodies.incrementAndGet() > MAX_BODIES) {
            bodies.decrementAndGet();
            refuse(request, busy(head.path()));
        } else {
            readBody(request, head);
        }
    }

    private void answer(HttpServerRequest request, Request head) {
        if (!Resources.isHealth(head.path())) {
            work(request, head, () -> {});
        } else if (Resources.isReadiness(head)) {
            tellReadiness(request, head);
        } else {
            send(request, resources.answer(head)); // which does not block
        }
    }

    /** Whoever asks while an answer is made gets that one, so that health keeps one thread at work however many ask. */
    private void tellReadiness(HttpServerRequest request, Request asked) {
        places.asksForHealth(request.connection());
        askedForHealth.add(request);
        if (askedForHealth.size() == 1) {
            Context context = vertx.getOrCreateContext();
            long arrived = System.nanoTime();
            try {
                healthWorker.execute(() -> {
                    Reply reply = answerTime.since(arrived, () -> resources.answer(asked));
                    onLoop(context, () -> sendReadiness(reply));
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("The console is closing.", e);
                sendReadiness(busy(asked.path()));
            }
        }
    }

    private void sendReadiness(Reply reply) {
        List<HttpServerRequest> all = List.copyOf(askedForHealth);
        askedForHealth.clear();
        all.forEach(request -> send(request, reply));
    }

    private void readBody(HttpServerRequest request, Request head) {
        AtomicBoolean released = new AtomicBoolean();
        Runnable release = () -> {
            if (released.compareAndSet(false, true)) {
                bodies.decrementAndGet();
            }
        };
        places.sendsABody(request.connection(), release);
        Buffer content = Buffer.buffer();
        AtomicBoolean refused = new AtomicBoolean();
        request.handler(chunk -> {
            if (content.length() + chunk.length() <= resources.maxBodyBytes()) {
                content.appendBuffer(chunk);
            } else if (refused.compareAndSet(false, true)) {
                release.run();
                refuse(request, tooLarge(head.path()));
            }
        });
        request.endHandler(end -> {
            if (refused.get()) {
                return; // the connection is about to close
            }
            Request.Body body = Request.Body.of(request.getHeader("Content-Type"), content.getBytes());
            work(request, new Request(head.method(), head.path(), head.query(), head.caller(), body), release);
        });
    }

    private void work(HttpServerRequest request, Request asked, Runnable release) {
        Context context = vertx.getOrCreateContext();
        long arrived = System.nanoTime();
        places.isServed(request.connection());
        try {
            workers.execute(() -> {
                Reply reply = resources.isLong(asked.path())
                        ? answerTime.asLongAsItTakes(() -> resources.answer(asked))
                        : answerTime.since(arrived, () -> resources.answer(asked));
                release.run();
                onLoop(context, () -> send(request, reply));
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Too many requests wait.", e);
            release.run();
            send(request, busy(asked.path()));
        }
    }

    private static void onLoop(Context context, Runnable work) {
        try {
            context.runOnContext(now -> work.run());
        } catch (RejectedExecutionException e) {
            LOG.debug("The console is closed; nobody waits for the answer.", e);
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

    private static Request.Caller callerOf(HttpServerRequest request) {
        return new Request.Caller(request.getHeader("Authorization"), addressOf(request));
    }

    /** Of a connection that is gone already nobody knows it: all of those are one to us. */
    private static InetAddress addressOf(HttpServerRequest request) {
        @Nullable SocketAddress remote = request.remoteAddress();
        try {
            return InetAddress.getByName(remote == null ? UNKNOWN : remote.hostAddress()); // looks up nothing
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The address of a connection is none: " + remote, e);
        }
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
        HttpConnection connection = request.connection();
        places.takesItsAnswer(connection);
        EVERY_ANSWER.forEach(response::putHeader);
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.mediaType())
                .end(Buffer.buffer(reply.body()))
                .onSuccess(taken -> places.waits(connection))
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
