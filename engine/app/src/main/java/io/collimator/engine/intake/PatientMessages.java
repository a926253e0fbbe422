package io.collimator.engine.intake;

import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.MappedPatient;
import io.collimator.mapping.MappedPatients;
import io.collimator.mapping.PatientIdentifier;
import io.collimator.mapping.SenderProfile;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.patient.MergeMessage;
import io.collimator.workflow.patient.PatientEvent;
import io.collimator.workflow.patient.PatientId;
import io.collimator.workflow.patient.PatientMessage;
import io.collimator.workflow.usecase.AcceptedAdt;
import io.collimator.workflow.usecase.MergePatients;
import io.collimator.workflow.usecase.UpdatePatient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** ADT: who the patients are. */
public final class PatientMessages implements MessageHandler {

    /** They link and unlink persons, whose records stay their own (HL7 v2.5.1 §3.3.24, §3.3.37): kept, nothing changed. */
    private static final Set<String> LINKING = Set.of("A24", "A37");

    private final UpdatePatient updatePatient;
    private final MergePatients mergePatients;

    public PatientMessages(UpdatePatient updatePatient, MergePatients mergePatients) {
        this.updatePatient = updatePatient;
        this.mergePatients = mergePatients;
    }

    @Override
    public HandledMessage handle(MessageToHandle request) {
        if (LINKING.contains(request.message().headers().triggerEvent())) {
            AcceptedAdt kept = updatePatient.keep(request.reception(Optional.empty()));
            return new HandledMessage(kept.receipt(), kept.repetition(), false, null, List.of());
        }
        MappedPatients mapped = request.mapping().mapPatient(request.message(), request.profile());
        Reception reception = request.reception(mapped.occurred().or(mapped::sent), mapped.warnings());
        try {
            AcceptedAdt accepted = switch (mapped.event()) {
                case "A18", "A30", "A34", "A36", "A39", "A40" ->
                    mergePatients.merge(merge(request, reception, MergeMessage.Kind.MERGE, mapped));
                case "A47" -> mergePatients.merge(merge(request, reception, MergeMessage.Kind.CHANGE_OF_ID, mapped));
                default -> updatePatient.update(update(reception, mapped));
            };
            return new HandledMessage(
                    accepted.receipt(),
                    accepted.repetition(),
                    accepted.effect() == AcceptedAdt.Effect.OUTDATED,
                    null,
                    mapped.warnings());
        } catch (OrderRefusedException e) {
            throw Refusals.of(e);
        }
    }

    private static PatientMessage update(Reception reception, MappedPatients mapped) {
        PatientEvent event = PatientEvent.of(mapped.event())
                .orElseThrow(() -> Hl7RejectedException.rejected(
                        ErrorCode.UNSUPPORTED_EVENT_CODE,
                        ErrorLocation.ofField("MSH", 9),
                        "MSH-9 names an event of patients that is not served."));
        MappedPatient patient = mapped.patients().get(0);
        return new PatientMessage(
                reception, event, patientId(patient.identifier()), identifiers(patient), patient.attributes());
    }

    private static MergeMessage merge(
            MessageToHandle request, Reception reception, MergeMessage.Kind kind, MappedPatients mapped) {
        return new MergeMessage(
                reception,
                kind,
                request.profile().mergeAcross() == SenderProfile.MergeAcross.ALLOW,
                mapped.patients().stream()
                        .map(patient -> new MergeMessage.Pair(
                                patientId(patient.identifier()),
                                identifiers(patient),
                                priors(patient),
                                patient.attributes()))
                        .toList());
    }

    private static List<PatientId> priors(MappedPatient patient) {
        return Stream.concat(patient.prior().stream(), patient.priorOthers().stream())
                .map(PatientMessages::patientId)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static List<PatientId> identifiers(MappedPatient patient) {
        List<PatientId> all = new ArrayList<>();
        Optional.ofNullable(patientId(patient.identifier())).ifPresent(all::add);
        patient.others().forEach(other -> Optional.ofNullable(patientId(other)).ifPresent(all::add));
        return all;
    }

    /** Null when it holds no number; refused when it is no patient ID, for a key is never cut. */
    static @Nullable PatientId patientId(PatientIdentifier identifier) {
        if (identifier.id().isBlank()) {
            return null;
        }
        Optional<AssigningAuthority> authority =
                AssigningAuthority.of(identifier.namespace(), identifier.universalId(), identifier.universalIdType());
        boolean isUnusable = authority.isEmpty()
                && !(identifier.namespace().isBlank()
                        && identifier.universalId().isBlank());
        return PatientId.parse(
                        identifier.id(), authority.map(AssigningAuthority::key).orElse(""))
                .filter(id -> !isUnusable)
                .orElseThrow(() -> Hl7RejectedException.contentError(
                        ErrorCode.DATA_TYPE_ERROR,
                        ErrorLocation.ofField("PID", 3),
                        "An ID has %d characters, and its assigning authority %d and %d; 64, %d and %d are allowed. A key is never cut: send a shorter one."
                                .formatted(
                                        identifier.id().length(),
                                        identifier.namespace().length(),
                                        identifier.universalId().length(),
                                        AssigningAuthority.MAX_NAMESPACE,
                                        AssigningAuthority.MAX_UNIVERSAL_ID)));
    }
}
