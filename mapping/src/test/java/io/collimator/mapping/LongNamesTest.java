package io.collimator.mapping;

import static io.collimator.mapping.Samples.MSH;
import static io.collimator.mapping.Samples.message;
import static io.collimator.mapping.Samples.obr;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A component group of a name has 64 characters (PS3.5 §6.2, PN); its longest part gives way, the others stay. */
class LongNamesTest {

    private final MappingSet mapping = Samples.shipped();

    @ParameterizedTest
    @CsvSource({
        "80, 4, ABC^^DR, 52, 4",
        "4, 80, '', 4, 59",
        "60, 60, '', 31, 32",
        "300, 20, M^JR^DR, 35, 20",
        "59, 4, '', 59, 4"
    })
    void the_longest_part_is_cut(int family, int given, String rest, int familyKept, int givenKept) {
        DataSet entry = entry("F".repeat(family) + "^" + "G".repeat(given) + (rest.isEmpty() ? "" : "^" + rest));

        String name = entry.text(Tags.PatientName);

        assertThat(name).startsWith("F".repeat(familyKept) + "^" + "G".repeat(givenKept));
        assertThat(name).doesNotContain("F".repeat(familyKept + 1), "G".repeat(givenKept + 1));
        assertThat(name.length()).isLessThanOrEqualTo(64);
        assertThat(name).contains(rest.contains("DR") ? "^DR" : "");
    }

    @Test
    void each_group_and_each_physician_by_itself_and_no_character_is_halved() {
        DataSet entry = entry("F".repeat(70) + "^JO^^^^^^A~" + "\uD842\uDFB7".repeat(70) + "^\u90CE^^^^^^I");

        String name = entry.text(Tags.PatientName);

        assertThat(name).isEqualTo("F".repeat(61) + "^JO=" + "\uD842\uDFB7".repeat(62) + "^\u90CE");
        assertThat(entry.text(Tags.RequestingPhysician)).isEqualTo("P".repeat(59) + "^GREG");
    }

    private DataSet entry(String name) {
        MappedMessage mapped = Samples.map(
                mapping,
                message(
                        MSH,
                        "PID|||P1||" + name,
                        "ORC|NW|O1|A1",
                        obr(16, "7^" + "P".repeat(90) + "^GREG", 18, "A1", 24, "CT")));
        assertThat(mapped.warnings()).isNotEmpty().allMatch(warning -> warning.kind() == MappingWarning.Kind.CUT);
        return mapped.steps().get(0).attributes();
    }
}
