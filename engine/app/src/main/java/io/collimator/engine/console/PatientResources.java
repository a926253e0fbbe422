package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.messaging.AuthorityJson;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.usecase.CorrectPatients;
import io.collimator.workflow.usecase.CorrectPatients.Named;
import io.collimator.workflow.usecase.CorrectPatients.Refused;
import io.collimator.workflow.usecase.CorrectPatients.Result;
import io.collimator.workflow.usecase.CorrectPatients.TakenBack;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * {@code POST /api/patients/unmerge} and {@code POST /api/patients/authority}: what a person corrects about a patient's
 * number. The number stands in the body, so that no log of addresses holds it.
 */
final class PatientResources {

    private static final String UNMERGE = "/api/patients/unmerge";
    private static final String AUTHORITY = "/api/patients/authority";

    private final CorrectPatients patients;
    private final UnaryOperator<AssigningAuthority> authorities;

    /** @param authorities the stored form of an authority that a person names */
    PatientResources(CorrectPatients patients, UnaryOperator<AssigningAuthority> authorities) {
        this.patients = patients;
        this.authorities = authorities;
    }

    boolean takesBody(String path) {
        return Set.of(UNMERGE, AUTHORITY).contains(path);
    }

    Reply post(Request request, String user) {
        JsonNode body = request.json();
        String id = body.path("id").asText("");
        Optional<String> issuer = issuer(body.path("issuer"));
        PatientId number = PatientId.parse(id, issuer.orElse(""))
                .orElseThrow(
                        () -> new BadRequestException("The member id must be a patient ID of 1 to 64 characters."));
        if (request.path().equals(UNMERGE)) {
            return reply(patients.unmerge(number, user), request.path());
        }
        return reply(
                patients.nameAuthority(
                        number.id(),
                        issuer.orElseThrow(() -> new BadRequestException("The member issuer must name the authority.")),
                        user),
                request.path());
    }

    /** As {@code NORTH&1.2.3&ISO}, or as an object like the one that the API shows. */
    private Optional<String> issuer(JsonNode issuer) {
        if (issuer.isMissingNode()
                || issuer.isNull()
                || (issuer.isTextual() && issuer.asText().isBlank())) {
            return Optional.empty();
        }
        Optional<AssigningAuthority> stated = issuer.isObject()
                ? AssigningAuthority.of(
                        issuer.path("namespace").asText(""),
                        issuer.path("universalId").asText(""),
                        issuer.path("type").asText(""))
                : AssigningAuthority.parse(issuer.asText());
        return Optional.of(
                stated.map(authorities)
                        .map(AssigningAuthority::key)
                        .orElseThrow(
                                () -> new BadRequestException(
                                        "The member issuer is no assigning authority; write NORTH, NORTH&1.2.3&ISO, or an object with namespace, universalId and type.")));
    }

    private static Reply reply(Result result, String path) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (result instanceof TakenBack taken) {
            list(json.putArray("back"), taken.back());
            list(json.putArray("staying"), taken.staying());
        } else if (result instanceof Named named) {
            list(json.putArray("accessions"), named.accessions());
        } else if (result instanceof Refused refused) {
            return Reply.problem(409, refused.reason(), path);
        }
        return Reply.json(json);
    }

    private static void list(ArrayNode json, List<AccessionNumber> accessions) {
        accessions.forEach(number -> json.addObject()
                .put("accessionNumber", number.value())
                .set("issuer", AuthorityJson.of(number.authority())));
    }
}
