package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dimse.DimseStatus;
import org.jspecify.annotations.Nullable;

/** A request that ends with a failure status; the provider turns it into the response. */
public final class DimseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient DimseStatus status;
    private final transient DataSet dataSet;

    public DimseException(DimseStatus status) {
        this(status, null, DataSet.empty());
    }

    /**
     * With the attributes that are at fault, as 0106H, 0115H and 0121H of an N service want them (PS3.7 Annex C).
     */
    public DimseException(DimseStatus status, DataSet dataSet) {
        this(status, null, dataSet);
    }

    public DimseException(DimseStatus status, @Nullable Throwable cause) {
        this(status, cause, DataSet.empty());
    }

    private DimseException(DimseStatus status, @Nullable Throwable cause, DataSet dataSet) {
        super(status.toString(), cause);
        this.status = status;
        this.dataSet = dataSet;
    }

    /** The data set of the response of an N service; empty when it has none. */
    public DataSet dataSet() {
        return dataSet;
    }

    public DimseStatus status() {
        return status;
    }
}
