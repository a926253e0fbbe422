package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.engine.messaging.AuthorityJson;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.patient.Patient;
import io.collimator.workflow.usecase.ViewAccession.AccessionView;
import io.collimator.workflow.usecase.ViewAccession.Step;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An accession as the contract shows it; what is not known is null. */
final class AccessionJson {

    private static final Pattern DATE = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");

    private AccessionJson() {}

    static JsonNode of(AccessionView view) {
        Accession accession = view.accession();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("accessionNumber", accession.number().value());
        json.set("accessionIssuer", AuthorityJson.of(accession.number().authority()));
        json.set("patient", patient(accession.patient(), view.patientAuthority()));
        json.put(
                "studyInstanceUid",
                accession.studyInstanceUid() == null
                        ? null
                        : accession.studyInstanceUid().value());
        json.put(
                "orderStatus",
                accession.orderStatus() == null ? null : accession.orderStatus().name());
        json.put("procedureState", accession.procedureState().name());
        json.put("custodyState", accession.custodyState().name());
        json.set("instances", instances(view));
        ArrayNode steps = json.putArray("steps");
        view.steps().forEach(step -> steps.add(step(step)));
        ArrayNode timeline = json.putArray("timeline");
        view.timeline().forEach(entry -> timeline.add(timelineEntry(entry)));
        return json;
    }

    private static JsonNode patient(Patient patient, @Nullable AssigningAuthority authority) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", patient.id().id())
                .<ObjectNode>set("issuer", AuthorityJson.of(Optional.ofNullable(authority)))
                .put("name", known(patient.name()))
                .put("birthDate", isoDate(patient.birthDate()))
                .put("sex", known(patient.sex()));
    }

    private static JsonNode instances(AccessionView view) {
        InstanceCounts counts = view.instances();
        return JsonNodeFactory.instance
                .objectNode()
                .put("expected", counts.expected())
                .put("committed", counts.committed())
                .put("failed", counts.failed())
                .put("outstanding", counts.outstanding())
                .put("final", view.instancesFinal());
    }

    private static JsonNode step(Step step) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("stepId", step.stepId())
                .put("status", step.status().name())
                .put("stationAeTitle", known(step.stationAeTitle()))
                .put("modality", known(step.modality()))
                .put("start", step.start() == null ? null : step.start().toString());
    }

    private static JsonNode timelineEntry(TimelineEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", entry.at().toString())
                .put("kind", entry.kind())
                .put("summary", entry.summary());
    }

    /** DA (PS3.5 §6.2) as ISO 8601; null when it is none. */
    private static @Nullable String isoDate(String date) {
        Matcher matcher = DATE.matcher(date);
        return matcher.matches() ? matcher.replaceFirst("$1-$2-$3") : null;
    }

    private static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }
}
