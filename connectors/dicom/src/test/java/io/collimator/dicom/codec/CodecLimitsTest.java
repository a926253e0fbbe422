package io.collimator.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecLimitsTest {

    private static final String ELEMENT = "08 00 60 00  02 00 00 00  43 54";
    private static final String ITEM = "FE FF 00 E0  00 00 00 00";
    private static final String OPEN_SEQUENCE = "40 00 00 01  FF FF FF FF";
    private static final String OPEN_ITEM = "FE FF 00 E0  FF FF FF FF";

    private static final DataSetCodec CODEC =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, new CodecLimits(2_000, 3, 10, 5));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 00 10 00  FE FF FF FF  41",
                "40 00 00 01  FE FF FF FF  FE FF 00 E0",
                "40 00 00 01  FF FF FF FF  FE FF 00 E0  F0 FF FF 7F"
            })
    void refuses_a_length_of_gigabytes_without_reserving_them(String hex) {
        byte[] claim = GoldenBytes.of(hex);

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> CODEC.decode(claim))
                .withMessageContaining("are left");
    }

    @Test
    void refuses_more_bytes_than_the_limit() {
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> CODEC.decode(new byte[2_001]))
                .withMessageContaining("2001 bytes")
                .withMessageContaining("2000");
    }

    @Test
    void refuses_sequences_deeper_than_the_limit() {
        byte[] atLimit = GoldenBytes.of(
                times(3, OPEN_SEQUENCE + OPEN_ITEM) + times(3, "FE FF 0D E0  00 00 00 00  FE FF DD E0  00 00 00 00"));
        byte[] bomb = GoldenBytes.of(times(100, OPEN_SEQUENCE + OPEN_ITEM));

        assertThat(CODEC.decode(atLimit).size()).isEqualTo(1);
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> CODEC.decode(bomb))
                .withMessageContaining("3 sequences within sequences")
                .satisfies(e -> assertThat(e.offset()).isEqualTo(48));
    }

    @Test
    void refuses_more_items_than_the_limit() {
        byte[] bomb = GoldenBytes.of(OPEN_SEQUENCE + times(6, ITEM) + "FE FF DD E0  00 00 00 00");

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> CODEC.decode(bomb))
                .withMessageContaining("5 items")
                .satisfies(e -> assertThat(e.tag()).contains(Tags.ScheduledProcedureStepSequence));
    }

    @Test
    void refuses_more_elements_than_the_limit_even_when_they_repeat() {
        assertThat(CODEC.decode(GoldenBytes.of(times(10, ELEMENT))).size()).isEqualTo(1);
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> CODEC.decode(GoldenBytes.of(times(11, ELEMENT))))
                .withMessageContaining("10 elements");
    }

    @Test
    void refuses_more_values_than_the_limit() {
        byte[] texts = GoldenBytes.of("10 00 20 00  0A 00 00 00" + times(10, "5C"));
        byte[] numbers = GoldenBytes.of("28 00 10 00  16 00 00 00" + times(11, "01 00"));

        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> CODEC.decode(texts));
        assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> CODEC.decode(numbers));
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void has_room_for_a_commitment_of_forty_thousand_instances_by_default(TransferSyntax syntax) {
        DataSetCodec codec = new DataSetCodec(syntax, CodecLimits.defaults());
        DataSet instance = Dictionary.dataSet()
                .put(Tags.ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2.1")
                .put(Tags.ReferencedSOPInstanceUID, "2.25." + times(59, "1"))
                .build();
        DataSet request = Dictionary.dataSet()
                .items(Tags.ReferencedSOPSequence, Collections.nCopies(40_000, instance))
                .build();

        DataSet read = codec.decode(codec.encode(request));

        assertThat(read.items(Tags.ReferencedSOPSequence)).hasSize(40_000);
    }

    @Test
    void refuses_limits_that_are_not_positive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecLimits(0, 1, 1, 1));
    }

    private static String times(int count, String text) {
        return String.join("", Collections.nCopies(count, text));
    }
}
