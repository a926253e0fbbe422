package io.collimator.engine.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collimator.engine.config.HttpSettings;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API and health on one port. A Vert.x server of our own instead of Camel's: it starts before the routes and stops after
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
    private static final int IDLE_SECONDS = 30;

    /** Nothing that we send is ours to keep in a cache or to show in a frame. */
    private static final Map<String, String> EVERY_ANSWER = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    private final HttpSettings settings;
    private final Resources resources;
    private final ObjectMapper mapper = new ObjectMapper();
    private final AtomicInteger connections = new AtomicInteger();
    private final Vertx vertx;
    private final HttpServer server;
    private final ExecutorService workers;

    /** @param password of the user {@code admin} */
    public HttpConsole(HttpSettings settings, String password, ConsoleSources sources) {
        this.settings = settings;
        this.resources = new Resources(password, sources);
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
        AtomicInteger number = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, "console-" + number.incrementAndGet());
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

    /** On the event loop: hands over to a worker, which may block. */
    private void receive(HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        String path = pathOf(request);
        if (announcesBody(request)) {
            request.response().putHeader("Connection", "close");
            send(request, Reply.problem(413, "No request here has a body; send none.", path));
            return;
        }
        Request asked = new Request(request.method().name(), path, request.query(), request.getHeader("Authorization"));
        try {
            workers.execute(() -> {
                Reply reply = resources.answer(asked);
                context.runOnContext(onLoop -> send(request, reply));
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Too many requests wait.", e);
            send(
                    request,
                    Reply.problem(503, "Too many requests wait; try again later.", path, Map.of("Retry-After", "1")));
        }
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
        if (response.closed()) {
            return;
        }
        EVERY_ANSWER.forEach(response::putHeader);
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.mediaType())
                .end(Buffer.buffer(bytes(reply)))
                .onFailure(e -> LOG.debug("The caller left before it was answered.", e));
    }

    private byte[] bytes(Reply reply) {
        try {
            return mapper.writeValueAsBytes(reply.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers cannot be written as JSON.", e);
        }
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
