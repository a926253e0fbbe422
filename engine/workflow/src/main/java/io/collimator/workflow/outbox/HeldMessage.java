package io.collimator.workflow.outbox;

import java.util.Map;

/**
 * A message that waits aside.
 *
 * @param key tells it from others of its queue: the outbox id, else what the broker calls it
 * @param properties its string properties on the queue
 * @param body as it stood on the queue
 */
public record HeldMessage(String key, Map<String, String> properties, String body) {

    public HeldMessage {
        properties = Map.copyOf(properties);
    }

    /** Without the body, which holds patient data. */
    @Override
    public String toString() {
        return "HeldMessage[" + key + "]";
    }
}
