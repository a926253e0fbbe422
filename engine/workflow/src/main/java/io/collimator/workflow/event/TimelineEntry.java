package io.collimator.workflow.event;

import io.collimator.workflow.order.AccessionNumber;
import java.time.Instant;

/**
 * One line of an accession's timeline.
 *
 * @param kind dotted and stable, for instance {@code order.scheduled}, {@code mpps.completed}, {@code commitment.requested}
 * @param summary for people; no patient data
 */
public record TimelineEntry(AccessionNumber accession, Instant at, String kind, String summary) {}
