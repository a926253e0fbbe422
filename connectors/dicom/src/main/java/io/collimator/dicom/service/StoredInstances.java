package io.collimator.dicom.service;

import java.util.Iterator;
import java.util.List;

/**
 * What a C-MOVE or C-GET sends, pulled one by one as the sub-operations go on. {@link #hasNext()} and {@link #next()} may
 * throw {@link DimseException} to end the operation with a failure status.
 */
public interface StoredInstances extends Iterator<StoredInstance>, AutoCloseable {

    /** How many there are in all: the sub-operations that responses count (PS3.4 §C.4.2.1.6). */
    int total();

    @Override
    void close();

    /** Instances that are already known. */
    static StoredInstances of(List<StoredInstance> instances) {
        List<StoredInstance> copy = List.copyOf(instances);
        Iterator<StoredInstance> iterator = copy.iterator();
        return new StoredInstances() {
            @Override
            public int total() {
                return copy.size();
            }

            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public StoredInstance next() {
                return iterator.next();
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
