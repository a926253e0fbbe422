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
import java.util.Optional;
import java.util.Set;

/** Other Patient IDs Sequence (0010,1002): the numbers that a patient has or had beside the one it is known by. */
public final class OtherPatientIds {

    private OtherPatientIds() {}

    /** The data set with these numbers among the others; those that stand there already stay as they are. */
    public static DataSet add(DataSet dataSet, Collection<PatientId> ids) {
        List<DataSet> items = new ArrayList<>(dataSet.items(Tags.OtherPatientIDsSequence));
        List<PatientId> known = new ArrayList<>();
        items.forEach(item -> idOf(item).ifPresent(known::add));
        int before = items.size();
        for (PatientId id : ids) {
            if (!known.contains(id)) {
                known.add(id);
                items.add(item(id));
            }
        }
        return items.size() == before
                ? dataSet
                : dataSet.with(new Element(Tags.OtherPatientIDsSequence, Vr.SQ, new Value.Items(items)));
    }

    /** The data set with each number once among the others and never the patient's own (PS3.3 §C.7.1.1). */
    public static DataSet without(DataSet dataSet, PatientId own) {
        List<DataSet> items = dataSet.items(Tags.OtherPatientIDsSequence);
        if (items.isEmpty()) {
            return dataSet;
        }
        Set<PatientId> known = new HashSet<>(Set.of(own));
        List<DataSet> others = items.stream()
                .filter(item -> idOf(item).map(known::add).orElse(true))
                .toList();
        if (others.isEmpty()) {
            return dataSet.without(Tags.OtherPatientIDsSequence);
        }
        return others.size() == items.size()
                ? dataSet
                : dataSet.with(new Element(Tags.OtherPatientIDsSequence, Vr.SQ, new Value.Items(others)));
    }

    private static Optional<PatientId> idOf(DataSet item) {
        return PatientId.parse(item.text(Tags.PatientID), item.text(Tags.IssuerOfPatientID));
    }

    private static DataSet item(PatientId id) {
        DataSet.Builder item = Dictionary.dataSet().put(Tags.PatientID, id.id());
        if (id.issuer() != null) {
            item.put(Tags.IssuerOfPatientID, id.issuer());
        }
        return item.put(Tags.TypeOfPatientID, "TEXT").build();
    }
}
