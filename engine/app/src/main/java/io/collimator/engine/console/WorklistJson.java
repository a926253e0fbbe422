package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.dicom.json.DicomJson;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.worklist.MalformedKeyException;
import io.collimator.workflow.worklist.WorklistPage.Position;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A page of the worklist as modalities see it, by start: DICOM JSON (PS3.18 Annex F) of whole entries. */
final class WorklistJson {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    /** Pages of the store that one request looks through for entries that match. */
    private static final int MAX_PAGES = 20;

    private static final Map<Tag, String> NAMES = Map.of(
            Tags.PatientID, "patientId",
            Tags.AccessionNumber, "accessionNumber",
            Tags.ScheduledStationAETitle, "station",
            Tags.Modality, "modality",
            Tags.ScheduledProcedureStepStartDate, "date");

    private final QueryWorklist worklist;
    private final DicomJson dicomJson = new DicomJson(CodecLimits.defaults());

    private final UnaryOperator<AssigningAuthority> authorities;

    /** @param authorities the stored form of an authority that a person names */
    WorklistJson(QueryWorklist worklist, UnaryOperator<AssigningAuthority> authorities) {
        this.worklist = worklist;
        this.authorities = authorities;
    }

    /** @throws BadRequestException when a parameter has a value that its key does not allow */
    JsonNode page(Request request) {
        int limit = request.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Optional<Position> position = request.parameter("after").map(WorklistJson::position);
        DataSet identifier = identifier(request);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        try {
            for (int pages = 0; pages < MAX_PAGES && items.isEmpty(); pages++) {
                QueryWorklist.Part part = worklist.part(identifier, position.orElse(null), limit);
                part.entries().forEach(entry -> items.addRawValue(new RawValue(dicomJson.write(entry))));
                position = part.next();
                if (position.isEmpty()) {
                    break;
                }
            }
        } catch (MalformedKeyException e) {
            throw new BadRequestException(
                    "The parameter %s is not valid: %s.".formatted(NAMES.get(e.tag()), e.comment()));
        }
        json.put("next", position.map(WorklistJson::token).orElse(null));
        return json;
    }

    private DataSet identifier(Request request) {
        DataSet.Builder step = Dictionary.dataSet();
        put(step, Tags.ScheduledStationAETitle, request);
        put(step, Tags.ScheduledProcedureStepStartDate, request);
        put(step, Tags.Modality, request);
        DataSet.Builder identifier = Dictionary.dataSet();
        put(identifier, Tags.PatientID, request);
        put(identifier, Tags.AccessionNumber, request);
        request.parameter("issuer")
                .filter(issuer -> !issuer.isBlank())
                .map(
                        issuer -> AssigningAuthority.parse(issuer)
                                .map(authorities)
                                .orElseThrow(
                                        () -> new BadRequestException(
                                                "The parameter issuer is no assigning authority; write NORTH, NORTH&1.2.3&ISO or &1.2.3&ISO, percent-encoded.")))
                .ifPresent(issuer -> identifier.items(
                        Tags.IssuerOfAccessionNumberSequence,
                        issuer.universalId().isEmpty()
                                ? issuer.item()
                                : issuer.item().without(Tags.LocalNamespaceEntityID)));
        return identifier
                .items(Tags.ScheduledProcedureStepSequence, step.build())
                .build();
    }

    /** As a modality would write it: a backslash parts alternatives. */
    private static void put(DataSet.Builder keys, Tag tag, Request request) {
        request.parameter(String.valueOf(NAMES.get(tag)))
                .filter(value -> !value.isBlank())
                .ifPresent(value -> keys.put(tag, isoDates(tag, value).split("\\\\", -1)));
    }

    /** Dates of the API are ISO 8601, those of a query are not: 2026-11-22, also 2026-11-22/2026-11-30. */
    private static String isoDates(Tag tag, String value) {
        return tag.equals(Tags.ScheduledProcedureStepStartDate)
                ? value.replaceAll("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b", "$1$2$3").replace('/', '-')
                : value;
    }

    private static String token(Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((position.startAt() + "|" + position.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static Position position(String token) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\\|", -1);
            if (parts.length == 2) {
                return new Position(LocalDateTime.parse(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BadRequestException("The parameter after must be the next of the page before.");
        }
        throw new BadRequestException("The parameter after must be the next of the page before.");
    }
}
