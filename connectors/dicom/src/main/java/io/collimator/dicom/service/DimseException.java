package io.collimator.dicom.service;

import io.collimator.dicom.dimse.DimseStatus;
import org.jspecify.annotations.Nullable;

/** A request that ends with a failure status; the provider turns it into the response. */
public final class DimseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient DimseStatus status;

    public DimseException(DimseStatus status) {
        this(status, null);
    }

    public DimseException(DimseStatus status, @Nullable Throwable cause) {
        super(status.toString(), cause);
        this.status = status;
    }

    public DimseStatus status() {
        return status;
    }
}
