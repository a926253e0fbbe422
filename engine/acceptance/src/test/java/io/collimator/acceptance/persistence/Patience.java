package io.collimator.acceptance.persistence;

import io.collimator.persistence.DatabaseSettings;
import java.time.Duration;

/** A store that waits long enough for a busy machine: these tests are about what is stored, not about how soon. */
final class Patience {

    private static final Duration LONG = Duration.ofMinutes(2);

    private Patience() {}

    static DatabaseSettings settings(String url, String user) {
        DatabaseSettings usual = DatabaseSettings.of(url, user, () -> "");
        return new DatabaseSettings(url, user, () -> "", usual.poolSize(), LONG, LONG, LONG, LONG.multipliedBy(2));
    }
}
