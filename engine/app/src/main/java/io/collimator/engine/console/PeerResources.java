package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.peers.PeersJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** {@code /api/application-entities}: the registered peers, and C-ECHO to one of them. */
final class PeerResources {

    static final String PATH = "/api/application-entities";

    private static final String ECHO = "/echo";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    /** An echo to a silent peer holds one of the console's few threads for a minute. */
    private static final int MAX_ECHOES = 2;

    private final PeerSources sources;
    private final Semaphore echoes = new Semaphore(MAX_ECHOES);

    PeerResources(PeerSources sources) {
        this.sources = sources;
    }

    /** A page of them, in the order of the registry. */
    JsonNode page(Request request) {
        int limit = request.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        List<ApplicationEntity> all = List.copyOf(sources.registry().all());
        int from =
                request.parameter("after").map(title -> placeAfter(all, title)).orElse(0);
        List<ApplicationEntity> shown = all.subList(from, Math.min(all.size(), from + limit));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        shown.forEach(entity -> items.add(item(entity)));
        boolean hasMore = from + shown.size() < all.size();
        return json.put("next", hasMore ? shown.get(shown.size() - 1).title().value() : null);
    }

    private static int placeAfter(List<ApplicationEntity> all, String title) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).title().value().equals(title)) {
                return i + 1;
            }
        }
        throw new BadRequestException("The parameter after must be the next of the page before.");
    }

    private ObjectNode item(ApplicationEntity entity) {
        ObjectNode json = PeersJson.of(entity);
        ObjectNode sloppiness = json.putObject("sloppiness");
        new TreeMap<>(sources.sloppiness().apply(entity.title())).forEach(sloppiness::put);
        ObjectNode fallbacks = json.putObject("characterSetFallbacks");
        new TreeMap<>(sources.characterSetFallbacks().apply(entity.title())).forEach(fallbacks::put);
        return json;
    }

    boolean takesBody(String path) {
        return title(path).isPresent();
    }

    /** The AE title as it was sent, percent-encoded. */
    private static Optional<String> title(String path) {
        String before = PATH + "/";
        if (!path.startsWith(before) || !path.endsWith(ECHO) || path.length() <= before.length() + ECHO.length()) {
            return Optional.empty();
        }
        String title = path.substring(before.length(), path.length() - ECHO.length());
        return title.indexOf('/') < 0 ? Optional.of(title) : Optional.empty();
    }

    /** What became of the echo, whether the peer answered or not; the body says nothing. */
    Reply echo(Request request) {
        Optional<ApplicationEntity> peer = title(request.path())
                .map(Request::decode)
                .flatMap(AeTitle::parse)
                .flatMap(sources.registry()::find);
        if (peer.isEmpty()) {
            return Reply.problem(
                    404, "No such AE title is registered in config/application-entities.yaml.", request.path());
        }
        if (!peer.get().isReachable()) {
            return Reply.problem(
                    409,
                    "The peer has no host; set host and port in config/application-entities.yaml.",
                    request.path());
        }
        if (!echoes.tryAcquire()) {
            return Reply.problem(
                    503, "Other echoes are under way; try again later.", request.path(), Map.of("Retry-After", "5"));
        }
        try {
            return Reply.json(PeersJson.of(sources.echo().apply(peer.get())));
        } finally {
            echoes.release();
        }
    }
}
