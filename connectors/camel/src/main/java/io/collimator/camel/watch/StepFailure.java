package io.collimator.camel.watch;

import io.collimator.camel.hl7.Hl7AcknowledgementException;
import io.collimator.camel.hl7.MllpTransport;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.DimseException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.camel.util.ObjectHelper;

/**
 * A step that failed.
 *
 * @param step its id in the route, for instance {@code to1}
 * @param where what it spoke to: host and port, or the endpoint without its options; empty when it spoke to nobody
 * @param answerTimeout how long it waits for an answer; zero: not known
 */
public record StepFailure(String step, String where, Duration answerTimeout, Throwable thrown) {

    private static final String POOL = "org.apache.commons.pool2.";

    /** What happened, for people: no patient data, no secret. */
    public String reason() {
        return where.isEmpty() ? what() : where + " " + what();
    }

    /** The class of the exception, for people who know the code. */
    public String kind() {
        return thrown.getClass().getSimpleName();
    }

    /** What a receiver of HL7 answered in its own words: MSA-3 and ERR, as they came. May hold patient data. */
    public Optional<Hl7AcknowledgementException> answer() {
        return find(Hl7AcknowledgementException.class).filter(answer -> answer.answer().length > 0);
    }

    /** Whether what it spoke to takes no connection at all. */
    public boolean isUnreachable() {
        return find(UnknownHostException.class).isPresent()
                || find(ConnectException.class).isPresent()
                || isPoolWithoutConnection();
    }

    private String what() {
        Optional<Hl7AcknowledgementException> answer = find(Hl7AcknowledgementException.class);
        if (answer.isPresent()) {
            return "did not accept: " + answer.get().getMessage();
        }
        Optional<DimseException> dimse = find(DimseException.class);
        if (dimse.isPresent()) {
            return "answered " + dimse.get().status();
        }
        Optional<AssociationException> association = find(AssociationException.class);
        if (association.isPresent()) {
            return String.valueOf(association.get().getMessage());
        }
        if (MllpTransport.isAnswerTimeout(thrown)) {
            return answerTimeout.isZero()
                    ? "took the message and did not answer in time."
                    : "took the message and did not answer within %d ms.".formatted(answerTimeout.toMillis());
        }
        if (find(UnknownHostException.class).isPresent()) {
            return "has a host name that is not known.";
        }
        if (isUnreachable()) {
            return "takes no connection (refused, or nothing answers there).";
        }
        // the text of a foreign exception may quote what it choked on
        return where.isEmpty()
                ? "step %s failed (%s).".formatted(step, kind())
                : "closed the connection or failed before it answered (%s).".formatted(kind());
    }

    /**
     * A connection that is refused before the pool of the netty producer has looked at it comes back as an exception of that
     * pool, without its cause.
     */
    private boolean isPoolWithoutConnection() {
        return find(NoSuchElementException.class)
                .filter(none -> none.getStackTrace().length > 0
                        && none.getStackTrace()[0].getClassName().startsWith(POOL))
                .isPresent();
    }

    private <T extends Throwable> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(ObjectHelper.getException(type, thrown));
    }
}
