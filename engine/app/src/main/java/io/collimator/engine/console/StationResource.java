package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.usecase.AssignStation.Ambiguous;
import io.collimator.workflow.usecase.AssignStation.Assigned;
import io.collimator.workflow.usecase.AssignStation.Assignment;
import io.collimator.workflow.usecase.AssignStation.NotRegistered;
import io.collimator.workflow.usecase.AssignStation.Result;
import io.collimator.workflow.usecase.AssignStation.TooLate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/accessions/{accessionNumber}/stations}: a person gives steps their station. */
final class StationResource {

    private static final String BEFORE = "/api/accessions/";
    private static final String AFTER = "/stations";
    private static final int MAX_STATIONS = 16;

    private final Function<Assignment, Result> assign;

    private final NamedAccessions named;

    StationResource(Function<Assignment, Result> assign, NamedAccessions named) {
        this.assign = assign;
        this.named = named;
    }

    boolean takesBody(String path) {
        return number(path).isPresent();
    }

    /** The accession number as it was sent, percent-encoded. */
    private static Optional<String> number(String path) {
        if (!path.startsWith(BEFORE) || !path.endsWith(AFTER) || path.length() <= BEFORE.length() + AFTER.length()) {
            return Optional.empty();
        }
        String number = path.substring(BEFORE.length(), path.length() - AFTER.length());
        return number.indexOf('/') < 0 ? Optional.of(number) : Optional.empty();
    }

    Reply post(Request request, String user) {
        JsonNode body = request.json();
        Optional<AccessionReference> accession = number(request.path()).flatMap(number -> named.of(number, request));
        if (accession.isEmpty()) {
            return unknown(request.path());
        }
        Result result = assign.apply(
                new Assignment(accession.get(), step(body), stations(body), Request.flag(body, "anyway"), user));
        if (result instanceof Assigned assigned) {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("accessionNumber", accession.get().number());
            ArrayNode steps = json.putArray("steps");
            assigned.stepIds().forEach(steps::add);
            return Reply.json(json);
        }
        if (result instanceof Ambiguous ambiguous) {
            return NamedAccessions.several(ambiguous.choices(), request.path());
        }
        if (result instanceof NotRegistered stranger) {
            return Reply.problem(
                    409,
                    "%s is not registered for the worklist, so no modality would find the step there; nothing was changed. Register it in config/application-entities.yaml with services: [worklist], or assign it anyway (--anyway; \"anyway\": true)."
                            .formatted(stranger.stations().stream()
                                    .map(AeTitle::value)
                                    .collect(Collectors.joining(", "))),
                    request.path());
        }
        return result instanceof TooLate
                ? Reply.problem(
                        409,
                        "The step is begun or over, so that its station stays; nothing was changed.",
                        request.path())
                : unknown(request.path());
    }

    private static Reply unknown(String path) {
        return Reply.problem(404, "No such accession or step is known.", path);
    }

    private static @Nullable String step(JsonNode body) {
        return body.hasNonNull("step") ? body.path("step").asText() : null;
    }

    private static List<AeTitle> stations(JsonNode body) {
        JsonNode named = body.path("stations");
        if (!named.isArray() || named.isEmpty() || named.size() > MAX_STATIONS) {
            throw new BadRequestException(
                    "The member stations must be a list of 1 to %d AE titles.".formatted(MAX_STATIONS));
        }
        List<AeTitle> stations = new ArrayList<>();
        for (JsonNode title : named) {
            try {
                stations.add(new AeTitle(title.asText("")));
            } catch (DicomDataException | IllegalArgumentException e) {
                throw new BadRequestException(
                        "A member of stations is no AE title; it has 1 to 16 characters and no backslash (PS3.5 §6.2).");
            }
        }
        return stations;
    }
}
