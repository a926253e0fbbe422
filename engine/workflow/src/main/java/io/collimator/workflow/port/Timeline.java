package io.collimator.workflow.port;

import io.collimator.workflow.event.TimelineEntry;
import io.collimator.workflow.order.AccessionNumber;
import java.util.List;

/** Timelines of accessions. */
public interface Timeline {

    void add(TimelineEntry entry);

    /** In the order in which entries were added. */
    List<TimelineEntry> of(AccessionNumber accession);
}
