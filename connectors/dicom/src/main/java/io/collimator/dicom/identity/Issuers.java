package io.collimator.dicom.identity;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The issuers that a data set states beside its numbers: of the patient, of other patient IDs, of accession and orders. */
public final class Issuers {

    private static final List<Tag> SEQUENCES = List.of(
            Tags.IssuerOfAccessionNumberSequence,
            Tags.OrderPlacerIdentifierSequence,
            Tags.OrderFillerIdentifierSequence);

    private Issuers() {}

    /** The data set with each issuer in another form; what states none gets none. */
    public static DataSet replaced(DataSet dataSet, UnaryOperator<AssigningAuthority> form) {
        DataSet replaced = ofPatient(dataSet, form);
        for (Tag sequence : SEQUENCES) {
            replaced = ofSequence(replaced, sequence, form);
        }
        return items(replaced, Tags.OtherPatientIDsSequence, item -> ofPatient(item, form));
    }

    private static DataSet ofPatient(DataSet dataSet, UnaryOperator<AssigningAuthority> form) {
        Optional<AssigningAuthority> stated = AssigningAuthority.ofPatient(dataSet);
        return stated.map(form)
                .filter(other -> !other.equals(stated.get()))
                .map(other -> other.issuing(dataSet))
                .orElse(dataSet);
    }

    private static DataSet ofSequence(DataSet dataSet, Tag sequence, UnaryOperator<AssigningAuthority> form) {
        Optional<AssigningAuthority> stated = AssigningAuthority.ofIssuer(dataSet, sequence);
        return stated.map(form)
                .filter(other -> !other.equals(stated.get()))
                .map(other -> items(dataSet, sequence, item -> other.item()))
                .orElse(dataSet);
    }

    /** The data set with each item of a sequence changed. */
    public static DataSet items(DataSet dataSet, Tag sequence, UnaryOperator<DataSet> change) {
        List<DataSet> items = dataSet.items(sequence);
        List<DataSet> changed = items.stream().map(change).toList();
        return changed.equals(items) ? dataSet : dataSet.with(new Element(sequence, Vr.SQ, new Value.Items(changed)));
    }
}
