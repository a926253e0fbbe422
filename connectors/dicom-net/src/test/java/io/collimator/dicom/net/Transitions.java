package io.collimator.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.collimator.dicom.net.fsm.FsmEvent;
import io.collimator.dicom.net.fsm.FsmState;
import io.collimator.dicom.net.fsm.StateMachine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Takes down from the log which steps the state machines of this process make. */
final class Transitions extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final Duration SOON = Duration.ofMillis(5);

    private final Logger logger = (Logger) LoggerFactory.getLogger(StateMachine.class);
    private final List<String> steps = new CopyOnWriteArrayList<>();

    static Transitions record() {
        Transitions transitions = new Transitions();
        transitions.logger.setLevel(Level.TRACE);
        transitions.logger.setAdditive(false);
        transitions.start();
        transitions.logger.addAppender(transitions);
        return transitions;
    }

    @Override
    protected void append(ILoggingEvent event) {
        Object[] step = event.getArgumentArray();
        steps.add("%s in %s: %s, %s".formatted(step[0], step[1], step[2], step[3]));
    }

    /** Waits for a step, written as in the table. */
    void expect(String step) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(SOON)
                .untilAsserted(() -> assertThat(steps).contains(step));
    }

    /** Waits until the event has come in the state. */
    void expect(FsmEvent event, FsmState state) {
        String begin = event.label() + " in " + state.label() + ":";
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(SOON)
                .untilAsserted(() -> assertThat(steps).anyMatch(step -> step.startsWith(begin)));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(null);
        stop();
    }
}
