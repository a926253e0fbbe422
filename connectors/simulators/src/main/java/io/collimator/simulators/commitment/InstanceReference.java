package io.collimator.simulators.commitment;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.List;

/** An instance by its SOP class and its UID (PS3.3 Table 10-11). */
public record InstanceReference(Uid sopClass, Uid sopInstance) {

    /** The item of a reference sequence. */
    public DataSet toDataSet() {
        return Dictionary.dataSet()
                .put(Tags.ReferencedSOPClassUID, sopClass)
                .put(Tags.ReferencedSOPInstanceUID, sopInstance)
                .build();
    }

    /** Reads an item; throws {@link IllegalArgumentException} when one of its UIDs is none. */
    static InstanceReference of(DataSet item) {
        return new InstanceReference(
                new Uid(item.text(Tags.ReferencedSOPClassUID)), new Uid(item.text(Tags.ReferencedSOPInstanceUID)));
    }

    static List<InstanceReference> listOf(List<DataSet> items) {
        List<InstanceReference> references = new ArrayList<>();
        items.forEach(item -> references.add(of(item)));
        return references;
    }
}
