package io.collimator.acceptance.intake;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Order statuses on H2. */
class H2OrderStatusIT extends OrderStatusContract {

    @BeforeAll
    static void start() {
        open(Map.of());
    }

    @AfterAll
    static void stop() {
        close();
    }
}
