package io.collimator.engine.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.event.EventType;
import io.collimator.workflow.event.Notice;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.patient.PatientId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 in structured JSON mode: states, counts and numbers, no patient's name or birth date. */
final class CloudEvents {

    private final ObjectMapper json = new ObjectMapper();
    private final String source;

    CloudEvents(AeTitle aeTitle) {
        String encoded =
                URLEncoder.encode(aeTitle.value(), StandardCharsets.UTF_8).replace("+", "%20");
        this.source = "/collimator/" + encoded;
    }

    String event(UUID id, Instant at, Notice.Event event) {
        Accession accession = event.accession();
        ObjectNode envelope = envelope(id, at, event.type().label(), accession.number());
        ObjectNode data = envelope.putObject("data");
        data.put("accessionNumber", accession.number().value());
        data.set("accessionIssuer", AuthorityJson.of(accession.number().authority()));
        data.put(
                "studyInstanceUid",
                accession.studyInstanceUid() == null
                        ? null
                        : accession.studyInstanceUid().value());
        data.put(
                "orderStatus",
                accession.orderStatus() == null ? null : accession.orderStatus().name());
        data.put("procedureState", accession.procedureState().name());
        data.put("custodyState", accession.custodyState().name());
        InstanceCounts counts = event.instances();
        data.putObject("instances")
                .put("expected", counts.expected())
                .put("committed", counts.committed())
                .put("failed", counts.failed())
                .put("outstanding", counts.outstanding())
                .put("final", accession.procedureState().isEnded());
        return text(envelope);
    }

    String problem(UUID id, Instant at, ExceptionRecord exception) {
        ObjectNode envelope = envelope(id, at, "exception." + exception.type().label(), exception.accession());
        ObjectNode data = envelope.putObject("data");
        data.put("exceptionId", exception.id().toString());
        data.put(
                "accessionNumber",
                exception.accession() == null ? null : exception.accession().value());
        data.set(
                "accessionIssuer",
                AuthorityJson.of(Optional.ofNullable(exception.accession()).flatMap(AccessionNumber::authority)));
        data.put("source", exception.source());
        data.put("summary", exception.summary());
        return text(envelope);
    }

    String patientUpdated(UUID id, Instant at, Notice.PatientUpdated updated) {
        ObjectNode envelope = envelope(id, at, EventType.PATIENT_UPDATED.label(), only(updated.accessions()));
        ObjectNode data = envelope.putObject("data");
        put(data, "patient", updated.patient());
        put(data, updated.accessions());
        return text(envelope);
    }

    String patientMerged(UUID id, Instant at, Notice.PatientMerged merged) {
        ObjectNode envelope = envelope(id, at, EventType.PATIENT_MERGED.label(), only(merged.accessions()));
        ObjectNode data = envelope.putObject("data");
        ArrayNode merges = data.putArray("merges");
        for (Notice.PatientMerged.Merge merge : merged.merges()) {
            ObjectNode one = merges.addObject();
            put(one, "patient", merge.survivor());
            put(one, "prior", merge.prior());
        }
        put(data, merged.accessions());
        return text(envelope);
    }

    private static void put(ObjectNode data, String name, PatientId patient) {
        data.putObject(name).put("id", patient.id()).set("issuer", AuthorityJson.of(patient.authority()));
    }

    private static void put(ObjectNode data, List<AccessionNumber> accessions) {
        ArrayNode numbers = data.putArray("accessionNumbers");
        accessions.forEach(number -> numbers.add(number.value()));
    }

    /** An event has a subject when it is about one accession. */
    private static @Nullable AccessionNumber only(List<AccessionNumber> accessions) {
        return accessions.size() == 1 ? accessions.get(0) : null;
    }

    private ObjectNode envelope(UUID id, Instant at, String type, @Nullable AccessionNumber subject) {
        ObjectNode envelope = json.createObjectNode()
                .put("specversion", "1.0")
                .put("id", id.toString())
                .put("source", source)
                .put("type", type);
        if (subject != null) {
            envelope.put("subject", subject.value());
        }
        return envelope.put("time", at.toString()).put("datacontenttype", "application/json");
    }

    private String text(ObjectNode envelope) {
        try {
            return json.writeValueAsString(envelope);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers cannot be written as JSON.", e);
        }
    }
}
