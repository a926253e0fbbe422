package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.config.MappingChangeSettings;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.reload.BrokenMappingException;
import io.collimator.engine.reload.ChangeOutcome;
import io.collimator.engine.reload.MappingChanges;
import io.collimator.engine.reload.MappingChanges.Proposal;
import io.collimator.mapping.MappingFiles;
import io.collimator.mapping.MappingProblem;
import io.collimator.workflow.version.MappingVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code /api/mapping}: apply, compare, history, rollback. */
final class MappingResources {

    private static final String APPLY = "/api/mapping";
    private static final String ROLLBACK = "/api/mapping/rollback";
    private static final String COMPARE = "/api/mapping/compare";
    private static final String VERSIONS = "/api/mapping/versions";
    private static final Set<String> WITH_BODY = Set.of(APPLY, ROLLBACK, COMPARE);
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int MAX_COMMENT = 500;

    private final MappingChanges changes;

    MappingResources(MappingChanges changes) {
        this.changes = changes;
    }

    int maxBodyBytes() {
        return changes.settings().maxSetBytes();
    }

    boolean takesBody(String path) {
        return WITH_BODY.contains(path);
    }

    Reply post(Request request, String user) {
        JsonNode body = request.json();
        return switch (request.path()) {
            case APPLY -> reply(changes.apply(files(body), proposal(body, user)), request.path());
            case ROLLBACK -> reply(changes.rollBack(target(body), proposal(body, user)), request.path());
            default -> compare(body, request.path());
        };
    }

    Optional<Supplier<Reply>> find(Request request) {
        if (request.path().equals(VERSIONS)) {
            return Optional.of(() -> versions(request));
        }
        return request.segmentAfter(VERSIONS + "/")
                .filter(segment -> segment.matches("[0-9]{1,9}"))
                .map(segment -> () -> version(Integer.parseInt(segment), request.path()));
    }

    private Reply compare(JsonNode body, String path) {
        int last = number(body, "last", changes.settings().compareMessages(), MappingChangeSettings.MAX_COMPARED);
        try {
            return Reply.json(changes.compare(files(body), last).json());
        } catch (BrokenMappingException e) {
            return broken(changes.runningVersion(), e.findings(), path);
        }
    }

    private Reply versions(Request request) {
        int limit = request.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        int after = request.number("after", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        List<MappingVersion> listed = changes.versions(after, limit);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("running", changes.runningVersion());
        ArrayNode items = json.putArray("items");
        listed.forEach(version -> items.add(json(version)));
        json.put(
                "next",
                listed.size() == limit ? String.valueOf(listed.get(limit - 1).number()) : null);
        return Reply.json(json);
    }

    private Reply version(int number, String path) {
        return changes.version(number)
                .map(view -> {
                    ObjectNode json = json(view.version());
                    add(json.putArray("diff"), view.diff());
                    ObjectNode files = json.putObject("files");
                    view.version().files().forEach(files::put);
                    return Reply.json(json);
                })
                .orElseGet(() -> Reply.problem(404, "There is no mapping version %d.".formatted(number), path));
    }

    private static ObjectNode json(MappingVersion version) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("version", version.number())
                .put("at", version.at().toString())
                .put("by", version.by())
                .put("comment", version.comment())
                .put("digest", version.digest());
        add(json.putArray("changes"), version.changes().lines().toList());
        return json;
    }

    private static Reply reply(ChangeOutcome outcome, String path) {
        if (outcome instanceof ChangeOutcome.Applied applied) {
            ObjectNode json = described("applied", applied.version(), applied.effect());
            add(json.putArray("notes"), applied.notes());
            return Reply.json(json);
        } else if (outcome instanceof ChangeOutcome.Tried tried) {
            return Reply.json(described("dry-run", tried.version(), tried.effect()));
        } else if (outcome instanceof ChangeOutcome.Unchanged unchanged) {
            return Reply.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("result", "unchanged")
                    .put("version", unchanged.version()));
        } else if (outcome instanceof ChangeOutcome.Refused refused) {
            return broken(refused.version(), refused.findings(), path);
        } else if (outcome instanceof ChangeOutcome.NoSuchVersion none) {
            return Reply.problem(404, "There is no mapping version %d.".formatted(none.version()), path);
        } else if (outcome instanceof ChangeOutcome.NotWritten failed) {
            return Reply.problem(500, failed.reason(), path);
        }
        return Reply.problem(409, "Another change of the mapping is under way; try again.", path);
    }

    private static ObjectNode described(String result, int version, ChangeOutcome.Effect effect) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("result", result).put("version", version);
        add(json.putArray("changes"), effect.files());
        add(json.putArray("diff"), effect.diff());
        json.set("effects", effect.effects().json());
        json.set("authorities", effect.authorities());
        return json;
    }

    private static Reply broken(int running, List<MappingProblem> findings, String path) {
        ObjectNode problem = Reply.problemBody(
                422,
                "The mapping is broken and nothing was changed: %d findings; version %d runs on."
                        .formatted(findings.size(), running),
                path);
        ArrayNode list = problem.putArray("findings");
        findings.forEach(finding -> list.addObject()
                .put("file", finding.file())
                .put("line", finding.line())
                .put("field", finding.field())
                .put("found", finding.found())
                .put("fix", finding.fix()));
        return Reply.problem(422, problem);
    }

    private static void add(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static Map<String, String> files(JsonNode body) {
        JsonNode files = body.path("files");
        if (!files.isObject() || files.size() > MappingFiles.MAX_FILES) {
            throw new BadRequestException("The member files must be an object of at most %d texts by name."
                    .formatted(MappingFiles.MAX_FILES));
        }
        Map<String, String> texts = new TreeMap<>();
        files.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw new BadRequestException("Each member of files must be the text of a file.");
            }
            texts.put(entry.getKey(), entry.getValue().asText());
        });
        return texts;
    }

    private static Proposal proposal(JsonNode body, String user) {
        String comment =
                body.path("comment").asText("").replaceAll("\\p{Cntrl}", " ").strip();
        if (comment.length() > MAX_COMMENT) {
            throw new BadRequestException("The member comment has more than %d characters.".formatted(MAX_COMMENT));
        }
        return new Proposal(user, comment, body.path("dryRun").asBoolean(false));
    }

    private static OptionalInt target(JsonNode body) {
        return body.hasNonNull("to") ? OptionalInt.of(number(body, "to", 0, Integer.MAX_VALUE)) : OptionalInt.empty();
    }

    private static int number(JsonNode body, String member, int standard, int max) {
        JsonNode node = body.path(member);
        if (node.isMissingNode() || node.isNull()) {
            return standard;
        }
        if (!node.canConvertToInt() || node.asInt() < 0 || node.asInt() > max) {
            throw new BadRequestException("The member %s must be a whole number from 0 to %d.".formatted(member, max));
        }
        return node.asInt();
    }
}
