package io.collimator.engine.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the relay does.
 *
 * @param failingSince null while it works
 * @param reason why it fails, for people; names no secret and no patient; empty while it works
 * @param isOverLimit whether it has failed for longer than {@code collimator.relay.limit-seconds}
 */
public record RelayStatus(@Nullable Instant failingSince, String reason, boolean isOverLimit) {

    public boolean isWorking() {
        return failingSince == null;
    }
}
