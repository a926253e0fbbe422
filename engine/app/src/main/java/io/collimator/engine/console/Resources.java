package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.console.HealthState.Level;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.messaging.OutgoingMessages;
import io.collimator.engine.metrics.Metrics;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.usecase.ViewAccession.AccessionView;
import io.collimator.workflow.usecase.ViewAccession.Found;
import io.collimator.workflow.usecase.ViewAccession.Several;
import io.collimator.workflow.usecase.ViewAccession.Unknown;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands under which path, and who may see it. The path is taken as it was sent: an accession number may be any text,
 * {@code ..} too, which a router that tidies paths up would swallow.
 */
final class Resources {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);
    private static final String HEALTH = "/health/";
    private static final String READY = "/health/ready";
    private static final String METRICS = "/metrics";
    private static final String ACCESSIONS = "/api/accessions/";

    private final BasicLogin login;
    private final LoginAttempts attempts;
    private final Function<AccessionReference, Found> accessions;
    private final NamedAccessions named;
    private final ExceptionsJson exceptions;
    private final WorklistJson worklist;
    private final Readiness readiness;
    private final Supplier<byte[]> metrics;
    private final MappingResources mapping;
    private final StationResource stations;
    private final PatientResources patients;
    private final PeerResources peers;
    private final OutResource out;
    private final OutActions outActions;
    private final boolean isOnLoopback;

    /** @param isOnLoopback whether only this machine can ask, so that metrics need no login */
    Resources(String password, ConsoleSources sources, boolean isOnLoopback) {
        this.login = new BasicLogin(password);
        this.attempts = sources.logins();
        this.accessions = sources.accessions();
        this.named = new NamedAccessions(sources.authorities());
        this.exceptions = new ExceptionsJson(sources.transactions());
        this.worklist = new WorklistJson(sources.worklist(), sources.authorities());
        this.readiness = sources.readiness();
        this.metrics = sources.metrics();
        this.mapping = new MappingResources(sources.mapping());
        this.stations = new StationResource(sources.assignStation(), named);
        this.patients = new PatientResources(sources.patients(), sources.authorities());
        this.peers = new PeerResources(sources.peers());
        this.out = new OutResource(
                sources.refill(),
                named,
                name -> sources.outgoing()
                        .named(name)
                        .map(OutgoingMessages.Named::queue)
                        .filter(queue -> !queue.isEmpty()));
        this.outActions = new OutActions(sources.outgoing());
        this.isOnLoopback = isOnLoopback;
    }

    static boolean isHealth(String path) {
        return path.startsWith(HEALTH);
    }

    int maxBodyBytes() {
        return mapping.maxBodyBytes();
    }

    /** Whether it asks for what {@link Readiness} tells. */
    static boolean isReadiness(Request request) {
        return request.path().equals(READY) && isRead(request.method());
    }

    /**
     * Why a request is not answered, judged by its head: the login is asked for here, once. Does not block.
     *
     * @param hasBody whether it is about to send one
     */
    Optional<Reply> refuses(Request head, boolean hasBody) {
        Optional<Reply> refusal = isOpen(head.path()) ? Optional.empty() : asksToLogIn(head);
        if (refusal.isPresent() || !hasBody) {
            return refusal;
        }
        return head.method().equals("POST") && takesBody(head.path())
                ? Optional.empty()
                : Optional.of(Reply.problem(413, "No such request has a body; send none.", head.path()));
    }

    /** Answers what {@link #refuses} let through, whatever happens; may block, but not for health other than readiness. */
    Reply answer(Request request) {
        try {
            return answerOf(request);
        } catch (BadRequestException e) {
            return Reply.problem(400, e.advice(), request.path());
        } catch (StorageException e) {
            LOG.warn("A request for {} could not be answered: the database does not answer.", request.path(), e);
            return Reply.problem(
                    503, "The database does not answer; try again later.", request.path(), Map.of("Retry-After", "5"));
        } catch (RuntimeException e) {
            LOG.error("A request for {} failed.", request.path(), e);
            return Reply.problem(500, "The request failed; the log of the engine names the cause.", request.path());
        }
    }

    private Reply answerOf(Request request) {
        if (takesBody(request.path())) {
            return request.method().equals("POST")
                    ? post(request)
                    : notAllowed(request, "Only POST is served here.", "POST");
        }
        Optional<Supplier<Reply>> resource = find(request);
        if (resource.isEmpty()) {
            return Reply.problem(404, "Nothing stands under this path.", request.path());
        }
        if (!isRead(request.method())) {
            return notAllowed(request, "Only GET and HEAD are served here.", "GET, HEAD");
        }
        KnownNames.checkParameters(request);
        return resource.get().get();
    }

    /** Whether it is no question of a moment: a whole mapping is checked, compared or applied, a broker filled again. */
    boolean isLong(String path) {
        return mapping.takesBody(path) || out.takesBody(path);
    }

    private boolean takesBody(String path) {
        return mapping.takesBody(path)
                || stations.takesBody(path)
                || peers.takesBody(path)
                || patients.takesBody(path)
                || out.takesBody(path)
                || outActions.takesBody(path);
    }

    /** A browser sends JSON to another site only when that site allows it, and we do not. */
    private Reply post(Request request) {
        if (!request.body().isJson()) {
            return Reply.problem(415, "Send Content-Type: application/json.", request.path());
        }
        KnownNames.checkParameters(request);
        KnownNames.checkMembers(request);
        if (peers.takesBody(request.path())) {
            return peers.echo(request);
        }
        if (out.takesBody(request.path())) {
            return out.post(request);
        }
        if (outActions.takesBody(request.path())) {
            return outActions.post(request);
        }
        if (patients.takesBody(request.path())) {
            return patients.post(request, BasicLogin.USER);
        }
        return mapping.takesBody(request.path())
                ? mapping.post(request, BasicLogin.USER)
                : stations.post(request, BasicLogin.USER);
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private boolean isOpen(String path) {
        return isHealth(path) || (isOnLoopback && path.equals(METRICS));
    }

    private Optional<Reply> asksToLogIn(Request head) {
        String authorization = head.caller().authorization();
        if (authorization == null) {
            return Optional.of(unauthorized(head.path()));
        }
        String account = BasicLogin.accountOf(authorization);
        InetAddress from = head.caller().address();
        Duration wait = attempts.pause(account, from);
        if (!wait.isZero()) {
            return Optional.of(slowed(wait.toSeconds() + 1, head.path()));
        }
        if (login.accepts(authorization)) {
            attempts.right(from);
            return Optional.empty();
        }
        attempts.wrong(account, from);
        return Optional.of(unauthorized(head.path()));
    }

    private static Reply unauthorized(String path) {
        return Reply.problem(
                401, "Log in as admin by HTTP Basic.", path, Map.of("WWW-Authenticate", BasicLogin.CHALLENGE));
    }

    private static Reply slowed(long seconds, String path) {
        return Reply.problem(
                429,
                "Too many wrong logins came from this address; try again in %d s.".formatted(seconds),
                path,
                Map.of("Retry-After", String.valueOf(seconds)));
    }

    private static Reply notAllowed(Request request, String detail, String allowed) {
        return Reply.problem(405, detail, request.path(), Map.of("Allow", allowed));
    }

    private Optional<Supplier<Reply>> find(Request request) {
        Optional<String> accession = request.segmentAfter(ACCESSIONS);
        if (accession.isPresent()) {
            return Optional.of(() -> accession(accession.get(), request));
        }
        return switch (request.path()) {
            case OutActions.PATH -> Optional.of(outActions::list);
            case PeerResources.PATH -> Optional.of(() -> Reply.json(peers.page(request)));
            case "/api/exceptions" -> Optional.of(() -> Reply.json(exceptions.page(request)));
            case "/api/worklist" -> Optional.of(() -> Reply.json(worklist.page(request)));
            case METRICS -> Optional.of(() -> new Reply(200, Metrics.MEDIA_TYPE, metrics.get(), Map.of()));
            case "/health/live" -> Optional.of(Resources::live);
            case READY -> Optional.of(() -> ready(request.path()));
            default -> mapping.find(request);
        };
    }

    private Reply accession(String encoded, Request request) {
        Found found = named.of(encoded, request).map(accessions).orElseGet(Unknown::new);
        if (found instanceof AccessionView view) {
            return Reply.json(AccessionJson.of(view));
        }
        return found instanceof Several several
                ? NamedAccessions.several(several.choices(), request.path())
                : Reply.problem(404, "No accession with this number is known.", request.path());
    }

    private static Reply live() {
        return Reply.json(JsonNodeFactory.instance.objectNode().put("status", Level.UP.name()));
    }

    private Reply ready(String path) {
        Readiness.Report report = readiness.report();
        if (report.isReady()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", Level.UP.name());
            return Reply.json(describe(body, report));
        }
        ObjectNode problem =
                Reply.problemBody(503, "Not ready: " + String.join(", ", report.names(Level.DOWN)) + ".", path);
        return Reply.problem(503, describe(problem, report));
    }

    private static JsonNode describe(ObjectNode body, Readiness.Report report) {
        body.put("acknowledgementSurvives", report.acknowledgementSurvives());
        ArrayNode failing = body.putArray("failing");
        report.names(Level.DOWN).forEach(failing::add);
        ArrayNode degraded = body.putArray("degraded");
        report.names(Level.DEGRADED).forEach(degraded::add);
        ArrayNode parts = body.putArray("parts");
        report.states().forEach((name, state) -> parts.add(part(name, state, report.at())));
        ArrayNode warnings = body.putArray("warnings");
        report.states().forEach((name, state) -> {
            if (state.level() == Level.WARNING || state.level() == Level.DEGRADED) {
                warnings.add(name + ": " + state.detail());
            }
        });
        return body;
    }

    private static ObjectNode part(String name, HealthState state, Instant at) {
        ObjectNode part = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("status", state.level().name())
                .put("detail", state.detail());
        Instant since = state.since();
        if (since != null) {
            part.put("since", since.toString());
        }
        Long waiting = state.waiting();
        if (waiting != null) {
            Instant oldest = state.oldest();
            part.put("waiting", waiting)
                    .put(
                            "oldestAgeSeconds",
                            oldest == null
                                    ? 0
                                    : Math.max(0, Duration.between(oldest, at).toSeconds()));
        }
        return part;
    }
}
