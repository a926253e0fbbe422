package io.collimator.engine.intake;

import io.collimator.camel.dicom.DicomConstants;
import io.collimator.camel.dicom.DimseService;
import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DimseException;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity.Fallback;
import io.collimator.engine.intake.AnswerFallback.PeerText;
import io.collimator.engine.peers.CharacterSetFallbacks;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.usecase.RecordPerformedStep;
import io.collimator.workflow.usecase.RecordPerformedStep.Recorded;
import io.collimator.workflow.usecase.RequestRefusedException;
import io.collimator.workflow.usecase.ViewPerformedStep;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;

/** {@code performedSteps}: what modalities report of what they do (PS3.4 §F.7). */
public final class PerformedStepsIntake {

    private static final int OPTIONAL_ATTRIBUTES_NOT_SUPPORTED = 0x0001;
    private static final int PROCESSING_FAILURE = 0x0110;
    private static final int NO_SUCH_INSTANCE = 0x0112;

    private final RecordPerformedStep recordPerformedStep;
    private final ViewPerformedStep viewPerformedStep;
    private final PeerCharacterSet characterSets;
    private final StatedAuthorities authorities;
    private final CharacterSetFallbacks fallbacks;

    public PerformedStepsIntake(
            RecordPerformedStep recordPerformedStep,
            ViewPerformedStep viewPerformedStep,
            ApplicationEntities peers,
            StatedAuthorities authorities,
            CharacterSetFallbacks fallbacks) {
        this.fallbacks = fallbacks;
        this.authorities = authorities;
        this.recordPerformedStep = recordPerformedStep;
        this.viewPerformedStep = viewPerformedStep;
        this.characterSets = new PeerCharacterSet(peers);
    }

    /** Records an N-CREATE or N-SET, or answers an N-GET, and leaves the response as body. */
    public void record(Exchange exchange) {
        DicomRequest request = new DicomRequest(exchange);
        if (exchange.getMessage().getHeader(DicomConstants.SERVICE) == DimseService.N_GET) {
            exchange.getMessage().setBody(retrieved(request));
            return;
        }
        RecordPerformedStep.Request step = new RecordPerformedStep.Request(
                request.calling(), request.sopInstance(), authorities.inReport(request.dataSet()));
        boolean creates = exchange.getMessage().getHeader(DicomConstants.SERVICE) == DimseService.N_CREATE;
        try {
            Recorded recorded = creates ? recordPerformedStep.create(step) : recordPerformedStep.set(step);
            new CommittedReceipt(recorded.receipt()).attachTo(exchange);
            exchange.getMessage().setBody(new NResponse(DimseStatus.SUCCESS, recorded.sopInstance(), DataSet.empty()));
        } catch (RequestRefusedException e) {
            throw DicomRequest.refused(e);
        }
    }

    /** What was stored of what is asked for; all of it when nothing is named (PS3.4 §F.8.2). */
    private NResponse retrieved(DicomRequest request) {
        Uid sopInstance = Objects.requireNonNull(request.sopInstance(), "An N-GET names its instance.");
        DataSet stored = stored(sopInstance);
        List<Tag> asked = request.attributes();
        List<Tag> unknown = asked.stream()
                .filter(tag -> !stored.contains(tag) && !tag.equals(Tags.SpecificCharacterSet))
                .toList();
        DataSet wanted = asked.isEmpty()
                ? stored
                : DataSet.of(
                        asked.stream().flatMap(tag -> stored.get(tag).stream()).toList());
        DimseStatus status = unknown.isEmpty()
                ? DimseStatus.SUCCESS
                : new DimseStatus(OPTIONAL_ATTRIBUTES_NOT_SUPPORTED, null, unknown, null);
        return new NResponse(status, sopInstance, declared(request.calling(), wanted));
    }

    /** Not transliterated: it is evidence of what a modality sent. */
    private DataSet declared(AeTitle peer, DataSet answer) {
        SpecificCharacterSet set = characterSets.of(peer, DataSet.empty()).set();
        AnswerFallback fallback = new AnswerFallback(
                characterSets.titleOf(peer), new PeerText(set, Fallback.UTF8), fallbacks, never -> {});
        DataSet declared = fallback.declared(answer, DataSet::empty);
        fallback.tell();
        return declared;
    }

    private DataSet stored(Uid sopInstance) {
        try {
            return viewPerformedStep
                    .attributes(sopInstance)
                    .orElseThrow(
                            () -> new DimseException(DimseStatus.of(NO_SUCH_INSTANCE, "This step is not known here")));
        } catch (StorageException e) {
            throw new DimseException(
                    DimseStatus.of(PROCESSING_FAILURE, "The store does not answer; ask again later"), e);
        }
    }
}
