package io.collimator.acceptance.intake;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The content of messages on H2. */
class H2MessageContentIT extends MessageContentContract {

    @BeforeAll
    static void start() {
        open(Map.of());
    }

    @AfterAll
    static void stop() {
        house.close();
    }
}
