package io.collimator.workflow.port;

/** The store could not do it now; the sender should try again later (HL7 AR 207, DIMSE 0110H or A700H). */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    public StorageException(String message) {
        super(message);
    }
}
