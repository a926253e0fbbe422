package io.collimator.workflow.outbox;

/**
 * What keeps its order on a queue.
 *
 * @param queue that a route takes from
 * @param name the bare accession number; of a message that is about no accession, or about several, its own key
 */
public record QueueLine(String queue, String name) {}
