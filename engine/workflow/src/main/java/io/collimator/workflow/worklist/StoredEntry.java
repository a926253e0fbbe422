package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;

/** An entry as a store holds it, read only when somebody looks. */
@FunctionalInterface
public interface StoredEntry {

    /** The entry with the status that its step has now; made anew at each call. */
    DataSet read();
}
