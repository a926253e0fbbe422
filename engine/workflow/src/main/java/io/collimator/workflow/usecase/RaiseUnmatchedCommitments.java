package io.collimator.workflow.usecase;

import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.usecase.CommitmentLinks.Linked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tells a person of commitment requests whose instances no performed step has listed in time; once each. */
public final class RaiseUnmatchedCommitments {

    private final CustodyContext context;

    public RaiseUnmatchedCommitments(CustodyContext context) {
        this.context = context;
    }

    /**
     * Looks at the requests whose time is up and raises those that are linked to nothing.
     *
     * @param max requests looked at, from 1
     * @return how many were looked at; as many as max means that there may be more
     */
    public int raise(Instant now, int max) {
        Instant receivedBefore = now.minus(context.settings().unmatchedAfter());
        List<UUID> overdue =
                context.transactions().read(session -> session.commitments().unchecked(receivedBefore, max));
        overdue.forEach(id -> context.transactions()
                .run(session -> session.commitments().lock(id).ifPresent(request -> raise(session, request))));
        return overdue.size();
    }

    private void raise(Session session, CommitmentRequest request) {
        if (request.matchChecked()) {
            return;
        }
        Linked linked = context.links().lockAccessionsOf(session, request.id());
        session.commitments().update(request.withMatchChecked());
        if (!linked.isEmpty()) {
            context.links().refresh(session, linked);
            return;
        }
        context.problems()
                .raise(
                        session,
                        ExceptionType.COMMITMENT_UNMATCHED,
                        Optional.empty(),
                        new Problems.Report(
                                request.requestor(),
                                "No performed step lists an instance of commitment transaction %s, asked at %s. Find the exam at the modality and complete its procedure step."
                                        .formatted(request.transaction(), request.receivedAt()),
                                null));
    }
}
