package io.collimator.dicom.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Vr;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryTest {

    @Test
    void knows_every_row_of_the_table() throws IOException {
        List<String[]> rows = rows();

        assertThat(rows).hasSizeGreaterThan(5_000);
        for (String[] row : rows) {
            Tag tag = Tag.parse(row[0]);
            assertThat(Dictionary.keywordOf(tag)).contains(row[1]);
            assertThat(Dictionary.tagOf(row[1])).contains(tag);
            Vr vr = Dictionary.vrOf(tag);
            assertThat(row[2].equals("NONE") ? "UN" : row[2]).as(row[1]).contains(vr.name());
        }
    }

    @Test
    void has_a_constant_for_every_row_and_none_beyond() throws IOException, IllegalAccessException {
        Set<String> keywords = rows().stream().map(row -> row[1]).collect(Collectors.toSet());

        Field[] constants = Tags.class.getFields();

        assertThat(constants).extracting(Field::getName).containsExactlyInAnyOrderElementsOf(keywords);
        for (Field constant : constants) {
            assertThat(Dictionary.tagOf(constant.getName())).contains((Tag) constant.get(null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00100010, PN",
        "00400100, SQ",
        "00280106, US",
        "7FE00010, OW",
        "00080000, UL",
        "00290010, LO",
        "00291010, UN",
        "00082222, UN"
    })
    void gives_the_representation_that_implicit_vr_needs(String tag, Vr expected) {
        assertThat(Dictionary.vrOf(Tag.parse(tag))).isEqualTo(expected);
    }

    @Test
    void answers_empty_for_what_it_does_not_know() {
        assertThat(Dictionary.keywordOf(Tag.of(0x0029, 0x1010))).isEmpty();
        assertThat(Dictionary.tagOf("NoSuchKeyword")).isEmpty();
    }

    @Test
    void has_the_uids_of_the_services_we_offer() {
        assertThat(Uids.ModalityWorklistInformationModelFind).isEqualTo(new Uid("1.2.840.10008.5.1.4.31"));
        assertThat(Uids.ModalityPerformedProcedureStep).isEqualTo(new Uid("1.2.840.10008.3.1.2.3.3"));
        assertThat(Uids.StorageCommitmentPushModel).isEqualTo(new Uid("1.2.840.10008.1.20.1"));
    }

    private static List<String[]> rows() throws IOException {
        try (InputStream table = Objects.requireNonNull(
                Dictionary.class.getResourceAsStream("data-elements.csv"), "data-elements.csv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", 4))
                    .filter(row -> !row[1].isEmpty() && row[0].indexOf('x') < 0)
                    .toList();
        }
    }
}
