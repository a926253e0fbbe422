package io.collimator.workflow.usecase;

import io.collimator.dicom.data.Tag;
import java.util.List;
import java.util.OptionalInt;

/**
 * A DIMSE request that the standard says must be refused. Its content has been stored as an exception by the time this is
 * thrown.
 */
public final class RequestRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RequestRefusedException(Refusal refusal) {
        super("%04XH %s".formatted(refusal.status(), refusal.comment()));
        this.refusal = refusal;
    }

    /** Status (0000,0900), for instance 0112H. */
    public int status() {
        return refusal.status();
    }

    /** Error Comment (0000,0902), at most 64 characters, no patient data. */
    public String comment() {
        return refusal.comment();
    }

    /** Error ID (0000,0903). */
    public OptionalInt errorId() {
        return refusal.errorId();
    }

    public List<Tag> offendingElements() {
        return refusal.offendingElements();
    }

    /** What the response says. */
    record Refusal(int status, String comment, OptionalInt errorId, List<Tag> offendingElements) {

        static Refusal of(int status, String comment, Tag... offendingElements) {
            return new Refusal(status, comment, OptionalInt.empty(), List.of(offendingElements));
        }
    }
}
