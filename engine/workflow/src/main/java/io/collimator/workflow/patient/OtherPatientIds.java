package io.collimator.workflow.patient;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Other Patient IDs Sequence (0010,1002): the numbers that a patient has or had beside the one it is known by. */
public final class OtherPatientIds {

    private OtherPatientIds() {}

    /** The data set with these numbers among the others; those that stand there already stay as they are. */
    public static DataSet add(DataSet dataSet, Collection<PatientId> ids) {
        List<DataSet> items = new ArrayList<>(dataSet.items(Tags.OtherPatientIDsSequence));
        List<PatientId> known = new ArrayList<>();
        items.forEach(item -> PatientId.in(item).ifPresent(known::add));
        int before = items.size();
        for (PatientId id : ids) {
            if (!known.contains(id)) {
                known.add(id);
                items.add(item(id));
            }
        }
        return items.size() == before ? dataSet : dataSet.with(sequence(items));
    }

    /** The data set without a number among the others. */
    public static DataSet remove(DataSet dataSet, PatientId id) {
        return keeping(
                dataSet,
                dataSet.items(Tags.OtherPatientIDsSequence).stream()
                        .filter(item -> PatientId.in(item).filter(id::equals).isEmpty())
                        .toList());
    }

    /** The data set with each number once among the others and never the patient's own (PS3.3 §C.7.1.1). */
    public static DataSet without(DataSet dataSet, PatientId own) {
        Set<PatientId> known = new HashSet<>(Set.of(own));
        return keeping(
                dataSet,
                dataSet.items(Tags.OtherPatientIDsSequence).stream()
                        .filter(item -> PatientId.in(item).map(known::add).orElse(true))
                        .toList());
    }

    private static DataSet keeping(DataSet dataSet, List<DataSet> others) {
        if (others.size() == dataSet.items(Tags.OtherPatientIDsSequence).size()) {
            return dataSet;
        }
        return others.isEmpty() ? dataSet.without(Tags.OtherPatientIDsSequence) : dataSet.with(sequence(others));
    }

    private static Element sequence(List<DataSet> items) {
        return new Element(Tags.OtherPatientIDsSequence, Vr.SQ, new Value.Items(items));
    }

    private static DataSet item(PatientId id) {
        return id.numbering(
                Dictionary.dataSet().put(Tags.TypeOfPatientID, "TEXT").build());
    }
}
