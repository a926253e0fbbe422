package io.collimator.camel.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.ConnectException;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.junit.jupiter.api.Test;

class StepFailureTest {

    @Test
    void a_refused_connection_is_told_as_one() {
        assertThat(reason(new ConnectException("Connection refused: ris/10.1.2.3:2575")))
                .isEqualTo("ris:2575 takes no connection (refused, or nothing answers there).");
    }

    @Test
    void a_connection_refused_before_its_pool_looked_at_it_is_told_the_same() {
        Throwable none = catchThrowable(StepFailureTest::borrowFromPoolOfRefusedConnections);

        assertThat(none).isInstanceOf(NoSuchElementException.class);
        assertThat(reason(none)).isEqualTo("ris:2575 takes no connection (refused, or nothing answers there).");
        assertThat(reason(new CamelExchangeException("failed", new DefaultExchange(new DefaultCamelContext()), none)))
                .isEqualTo("ris:2575 takes no connection (refused, or nothing answers there).");
    }

    @Test
    void another_missing_element_is_no_refused_connection() {
        assertThat(reason(new NoSuchElementException("no DOE^JANE")))
                .isEqualTo("ris:2575 closed the connection or failed before it answered (NoSuchElementException).");
    }

    private static String reason(Throwable thrown) {
        return new StepFailure("to1", "ris:2575", Duration.ZERO, thrown).reason();
    }

    private static void borrowFromPoolOfRefusedConnections() throws Exception {
        try (GenericObjectPool<String> pool = new GenericObjectPool<>(new BasePooledObjectFactory<>() {
            @Override
            public String create() {
                return "refused";
            }

            @Override
            public PooledObject<String> wrap(String connection) {
                return new DefaultPooledObject<>(connection);
            }

            @Override
            public boolean validateObject(PooledObject<String> connection) {
                return false;
            }
        })) {
            pool.setTestOnBorrow(true);
            pool.borrowObject();
        }
    }
}
