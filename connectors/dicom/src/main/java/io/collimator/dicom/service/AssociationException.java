package io.collimator.dicom.service;

import org.jspecify.annotations.Nullable;

/** An association that could not be had or did not last. */
public final class AssociationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** Our address cannot be bound. */
        BIND,
        /** No TCP connection. */
        CONNECT,
        /** A-ASSOCIATE-RJ; see result, source and reason. */
        REJECTED,
        /** A-ABORT from the peer or from us. */
        ABORTED,
        /** The peer closed the connection. */
        CLOSED,
        /** No answer in time; the association is aborted. */
        TIMEOUT,
        /** The SOP class has no accepted presentation context, or not in this role. */
        CONTEXT_NOT_ACCEPTED
    }

    private final Kind kind;
    private final int result;
    private final int source;
    private final int reason;

    public AssociationException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, 0, 0, 0);
    }

    /** A rejection (PS3.8 §9.3.4). */
    public static AssociationException rejected(String message, int result, int source, int reason) {
        return new AssociationException(Kind.REJECTED, message, null, result, source, reason);
    }

    private AssociationException(
            Kind kind, String message, @Nullable Throwable cause, int result, int source, int reason) {
        super(message, cause);
        this.kind = kind;
        this.result = result;
        this.source = source;
        this.reason = reason;
    }

    public Kind kind() {
        return kind;
    }

    /** 1 permanent, 2 transient; 0 when it is no rejection. */
    public int result() {
        return result;
    }

    /** 1 service user, 2 ACSE, 3 presentation; 0 when it is no rejection. */
    public int source() {
        return source;
    }

    public int reason() {
        return reason;
    }
}
