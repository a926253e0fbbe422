package io.collimator.engine.intake;

import io.collimator.dicom.codec.ReadingNotes;
import io.collimator.dicom.codec.Sloppiness;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DimseException;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.intake.AnswerFallback.PeerText;
import io.collimator.engine.metrics.SloppinessMeter;
import io.collimator.engine.metrics.WorklistMeter;
import io.collimator.engine.metrics.WorklistMeter.Outcome;
import io.collimator.engine.peers.CharacterSetFallbacks;
import io.collimator.workflow.port.StorageException;
import io.collimator.workflow.usecase.QueryWorklist;
import io.collimator.workflow.worklist.MalformedKeyException;
import io.collimator.workflow.worklist.PlacedKeys;
import io.collimator.workflow.worklist.TooManyMatchesException;
import io.collimator.workflow.worklist.WorklistMatches;
import io.collimator.workflow.worklist.WorklistRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code worklist}: answers C-FIND of Modality Worklist (PS3.4 §K.4.1.1.4). */
public final class WorklistIntake {

    private static final Logger LOG = LoggerFactory.getLogger(WorklistIntake.class);
    private static final int IDENTIFIER_DOES_NOT_MATCH = 0xA900;
    private static final int UNABLE_TO_PROCESS = 0xC000;
    private static final int OUT_OF_RESOURCES = 0xA700;

    private final QueryWorklist queryWorklist;
    private final ApplicationEntities peers;
    private final PeerCharacterSet characterSets;
    private final WorklistMeter meter;
    private final SloppinessMeter sloppiness;
    private final StatedAuthorities authorities;
    private final CharacterSetFallbacks fallbacks;
    private final TransliterationMarks marks;

    public WorklistIntake(
            QueryWorklist queryWorklist,
            ApplicationEntities peers,
            WorklistMeter meter,
            SloppinessMeter sloppiness,
            StatedAuthorities authorities,
            CharacterSetFallbacks fallbacks,
            TransliterationMarks marks) {
        this.fallbacks = fallbacks;
        this.marks = marks;
        this.authorities = authorities;
        this.sloppiness = sloppiness;
        this.queryWorklist = queryWorklist;
        this.peers = peers;
        this.characterSets = new PeerCharacterSet(peers);
        this.meter = meter;
    }

    /** Searches by the identifier in the body and leaves the matches there. */
    public void query(Exchange exchange) {
        DicomRequest request = new DicomRequest(exchange);
        Optional<ApplicationEntity> peer = peers.find(request.calling());
        String name = peer.map(known -> known.title().value()).orElse("");
        Query query = new Query(request, name, System.nanoTime());
        try {
            WorklistMatches matches = find(request, peer);
            ended(query, matches.isCut() ? Outcome.CUT : Outcome.ANSWERED, matches.count());
            exchange.getMessage().setBody(new WorklistAnswer(matches, fallback(request)));
        } catch (MalformedKeyException e) {
            ended(query, Outcome.MALFORMED, 0);
            throw new DimseException(DimseStatus.of(IDENTIFIER_DOES_NOT_MATCH, e.comment(), e.tag()), e);
        } catch (TooManyMatchesException e) {
            ended(query, Outcome.TOO_MANY, 0);
            throw new DimseException(DimseStatus.of(OUT_OF_RESOURCES, e.comment()), e);
        } catch (StorageException e) {
            ended(query, Outcome.FAILED, 0);
            throw new DimseException(DimseStatus.of(OUT_OF_RESOURCES, "The store does not answer; ask again later"), e);
        }
    }

    private AnswerFallback fallback(DicomRequest request) {
        PeerText text = characterSets.of(request.calling(), request.dataSet());
        return new AnswerFallback(characterSets.titleOf(request.calling()), text, fallbacks, marks::mark);
    }

    /** @param peer "" when it is not registered */
    private record Query(DicomRequest request, String peer, long began) {}

    private void ended(Query query, Outcome outcome, int matches) {
        meter.count(query.peer(), outcome);
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "Worklist query of {} by {}: {}, {} matches, {} ms",
                    query.request().calling(),
                    QueriedKeys.of(query.request().dataSet()),
                    outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    matches,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - query.began()));
        }
    }

    private WorklistMatches find(DicomRequest request, Optional<ApplicationEntity> peer) {
        DataSet identifier = request.dataSet();
        if (identifier.isEmpty()) {
            throw new DimseException(DimseStatus.of(UNABLE_TO_PROCESS, "The identifier is empty"));
        }
        PlacedKeys keys = PlacedKeys.of(identifier);
        peer.ifPresent(known -> count(known, keys.moved()));
        boolean mayBeCut = peer.map(ApplicationEntity::truncateWorklist).orElse(false);
        return queryWorklist.find(new WorklistRequest(
                authorities.inKeys(keys.identifier()), mayBeCut, request.cancellation()::isCancelled));
    }

    private void count(ApplicationEntity peer, List<Tag> misplaced) {
        ReadingNotes notes = new ReadingNotes();
        misplaced.forEach(tag -> notes.noticed(Sloppiness.MISPLACED_KEY, tag));
        sloppiness.count(peer.title(), notes);
    }
}
