package io.collimator.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSetTest {

    private static final DataSet PATIENT = Dictionary.dataSet()
            .put(Tags.PatientName, "DOE^JOHN")
            .put(Tags.Rows, 512)
            .put(Tags.PatientID)
            .items(Tags.RequestedProcedureCodeSequence, DataSet.empty())
            .items(Tags.ReferencedStudySequence)
            .build();

    @Test
    void tells_absent_from_empty() {
        assertThat(PATIENT.contains(Tags.PatientID)).isTrue();
        assertThat(PATIENT.hasValue(Tags.PatientID)).isFalse();
        assertThat(PATIENT.contains(Tags.PatientSex)).isFalse();
        assertThat(PATIENT.hasValue(Tags.RequestedProcedureCodeSequence)).isTrue();
        assertThat(PATIENT.hasValue(Tags.ReferencedStudySequence)).isFalse();
    }

    @Test
    void answers_empty_for_a_value_of_another_kind() {
        assertThat(PATIENT.text(Tags.Rows)).isEmpty();
        assertThat(PATIENT.integer(Tags.PatientName)).isEmpty();
        assertThat(PATIENT.integer(Tags.Rows)).hasValue(512);
        assertThat(PATIENT.items(Tags.PatientName)).isEmpty();
        assertThat(PATIENT.item(Tags.ReferencedStudySequence)).isEqualTo(DataSet.empty());
    }

    @Test
    void changes_a_copy_and_not_itself() {
        DataSet other = Dictionary.dataSet(PATIENT)
                .put(Tags.PatientName, "ROE^JANE")
                .remove(Tags.Rows)
                .build();

        assertThat(PATIENT.text(Tags.PatientName)).isEqualTo("DOE^JOHN");
        assertThat(other.text(Tags.PatientName)).isEqualTo("ROE^JANE");
        assertThat(PATIENT.withAll(other).integer(Tags.Rows)).hasValue(512);
        assertThat(PATIENT.without(Tags.Rows).contains(Tags.Rows)).isFalse();
    }

    @Test
    void stands_in_the_order_of_unsigned_tags() {
        DataSet dataSet = Dictionary.dataSet()
                .put(Tag.of(0xFFFC, 0xFFFC), Vr.OB)
                .put(Tags.PatientName)
                .put(Tags.CommandField, 1)
                .build();

        assertThat(dataSet.elements())
                .extracting(Element::tag)
                .containsExactly(Tags.CommandField, Tags.PatientName, Tag.of(0xFFFC, 0xFFFC));
    }

    @Test
    void refuses_a_value_that_the_representation_does_not_hold() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Element(Tags.Rows, Vr.US, new Value.Text("512")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dictionary.dataSet().put(Tag.of(0x0029, 0x1010), "lost"));
        assertThat(Vr.ofCode("PN")).contains(Vr.PN);
        assertThat(List.of(Vr.ofCode("pn"), Vr.ofCode("ZZ"))).allMatch(vr -> vr.isEmpty());
    }

    @Test
    void keeps_values_out_of_logs() {
        assertThat(PATIENT.toString()).contains("(0010,0010) PN").doesNotContain("DOE");
        assertThat(new Value.Text("DOE").toString()).doesNotContain("DOE");
    }
}
