package io.collimator.dicom.service;

import io.collimator.dicom.data.DataSet;
import java.util.Iterator;
import java.util.List;

/**
 * The matches of a C-FIND, pulled one by one. {@link #hasNext()} and {@link #next()} may throw {@link DimseException} to
 * end the search with a failure status, for instance A700H when a limit is reached.
 */
public interface Matches extends Iterator<DataSet>, AutoCloseable {

    /** FF01H instead of FF00H: an optional key of the request is not supported (PS3.4 §K.4.1.1.4). */
    default boolean hasUnsupportedOptionalKeys() {
        return false;
    }

    /** Whether the next match, or that there is none, is known without waiting: responses may then travel together. */
    default boolean areAtHand() {
        return false;
    }

    @Override
    void close();

    /** Matches that are already here. */
    static Matches of(List<DataSet> dataSets) {
        Iterator<DataSet> iterator = List.copyOf(dataSets).iterator();
        return new Matches() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public DataSet next() {
                return iterator.next();
            }

            @Override
            public boolean areAtHand() {
                return true;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
