package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.messaging.AuthorityJson;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A page of exceptions, newest first, with their evidence. */
final class ExceptionsJson {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    /** A page ends early when its evidence has grown to this, so that 500 large messages do not fill the memory. */
    private static final int PAGE_BYTES = 4_194_304;

    private final Transactions transactions;

    ExceptionsJson(Transactions transactions) {
        this.transactions = transactions;
    }

    JsonNode page(Request request) {
        int limit = request.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Optional<UUID> after = after(request);
        return transactions.read(session -> page(session, limit, after));
    }

    private static JsonNode page(Session session, int limit, Optional<UUID> after) {
        List<ExceptionRecord> listed = session.exceptions().list(after.orElse(null), limit);
        List<ExceptionRecord> shown = withEvidence(session, listed);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        shown.forEach(exception -> items.add(item(exception)));
        boolean mayHaveMore = shown.size() < listed.size() || listed.size() == limit;
        json.put("next", mayHaveMore ? shown.get(shown.size() - 1).id().toString() : null);
        return json;
    }

    private static List<ExceptionRecord> withEvidence(Session session, List<ExceptionRecord> listed) {
        List<ExceptionRecord> shown = new ArrayList<>();
        int bytes = 0;
        for (ExceptionRecord exception : listed) {
            if (bytes >= PAGE_BYTES) {
                break;
            }
            ExceptionRecord whole = session.exceptions().find(exception.id()).orElse(exception);
            bytes += whole.evidence().content().length;
            shown.add(whole);
        }
        return shown;
    }

    private static JsonNode item(ExceptionRecord exception) {
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("id", exception.id().toString())
                .put("at", exception.at().toString())
                .put("type", exception.type().label())
                .put(
                        "accessionNumber",
                        exception.accession() == null
                                ? null
                                : exception.accession().value());
        item.set(
                "accessionIssuer",
                AuthorityJson.of(Optional.ofNullable(exception.accession()).flatMap(AccessionNumber::authority)));
        Instant closedAt = exception.closedAt();
        item.put("source", exception.source())
                .put("summary", exception.summary())
                .put("state", closedAt == null ? "open" : "closed")
                .put("closedAt", closedAt == null ? null : closedAt.toString());
        item.set("evidence", evidence(exception.evidence()));
        return item;
    }

    /** Text as text, anything else as Base64; null when there is none. */
    private static JsonNode evidence(Evidence evidence) {
        byte[] content = evidence.content();
        if (content.length == 0) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("mediaType", evidence.mediaType());
        Optional<String> text = evidence.mediaType().equals("application/dicom") ? Optional.empty() : text(content);
        return text.isPresent()
                ? json.put("encoding", "text").put("content", text.get())
                : json.put("encoding", "base64")
                        .put("content", Base64.getEncoder().encodeToString(content));
    }

    private static Optional<String> text(byte[] content) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException notUnicode) {
            return Optional.empty();
        }
    }

    private static Optional<UUID> after(Request request) {
        try {
            return request.parameter("after").map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("The parameter after must be the next of the page before.");
        }
    }
}
