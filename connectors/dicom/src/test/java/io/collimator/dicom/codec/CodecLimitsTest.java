package io.collimator.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

    private static final List<DataSet> INSTANCES = IntStream.range(0, 40_000)
            .mapToObj(i -> Dictionary.dataSet()
                    .put(Tags.ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2.1")
                    .put(Tags.ReferencedSOPInstanceUID, Uid.ofName("instance " + i))
                    .build())
            .toList();

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
        DataSet request = Dictionary.dataSet()
                .items(Tags.ReferencedSOPSequence, INSTANCES)
                .build();

        DataSet read = codec.decode(codec.encode(request));

        assertThat(read.items(Tags.ReferencedSOPSequence)).hasSize(40_000);
    }

    @Test
    void refuses_a_value_longer_than_the_limit() {
        DataSetCodec codec =
                new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, new CodecLimits(2_000, 3, 10, 5, 16, 100));

        assertThat(codec.decode(GoldenBytes.of("10 00 20 00  10 00 00 00" + times(16, "41")))
                        .size())
                .isEqualTo(1);
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> codec.decode(GoldenBytes.of("10 00 20 00  12 00 00 00" + times(18, "41"))))
                .withMessageContaining("16 bytes in a value");
    }

    @Test
    void names_the_path_of_what_it_refuses() {
        byte[] bad = GoldenBytes.of(
                OPEN_SEQUENCE + ITEM + OPEN_ITEM + OPEN_SEQUENCE + OPEN_ITEM + "08 00 60 00  F0 00 00 00  43 54");

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> CODEC.decode(bad))
                .withMessageContaining("(0040,0100)[2].(0040,0100)[1].(0008,0060)")
                .satisfies(e -> assertThat(e.tag()).contains(Tags.Modality))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(40));
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 49_999})
    void handles_or_refuses_a_hundred_thousand_items_at_once(int items) {
        byte[] bytes = GoldenBytes.of(OPEN_SEQUENCE + times(items, ITEM) + "FE FF DD E0  00 00 00 00");
        CodecLimits roomy = new CodecLimits(16 * 1024 * 1024, 16, 200_000, 100_000);

        DataSet read = new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, roomy).decode(bytes);

        assertThat(read.items(Tags.ScheduledProcedureStepSequence)).hasSize(items);
        if (items > CodecLimits.defaults().maxItems()) {
            assertThatExceptionOfType(DicomDataException.class)
                    .isThrownBy(() -> new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults())
                            .decode(bytes))
                    .withMessageContaining("50000 items");
        }
    }

    @Test
    void looks_at_trailing_zeros_once_however_many_elements_look_like_them() {
        byte[] zeros = new byte[4 * 1024 * 1024];
        zeros[0] = 8;
        zeros[zeros.length - 1] = 1;
        DataSetCodec codec = new DataSetCodec(
                TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, new CodecLimits(zeros.length, 4, 1_000_000, 10));

        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThatExceptionOfType(DicomDataException.class).isThrownBy(() -> codec.decode(zeros)));
    }

    @Test
    void defuses_a_bomb_in_deflate() {
        DataSetCodec deflated =
                new DataSetCodec(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());
        byte[] bomb = deflated.encode(
                DataSet.of(List.of(new Element(Tags.PixelData, Vr.OB, new Value.Bytes(new byte[12 * 1024 * 1024])))));
        byte[] tooLong = deflated.encode(
                DataSet.of(List.of(new Element(Tags.PixelData, Vr.OB, new Value.Bytes(noise(17 * 1024 * 1024))))));

        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> deflated.decode(bomb))
                .withMessageContaining("taken for an attack");
        assertThatExceptionOfType(DicomDataException.class)
                .isThrownBy(() -> deflated.decode(tooLong))
                .withMessageContaining("16777216");
    }

    /** Two bits a byte: deflate makes a quarter of it. */
    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        Random random = new Random(1);
        for (int i = 0; i < length; i++) {
            noise[i] = (byte) random.nextInt(4);
        }
        return noise;
    }

    @Test
    void refuses_limits_that_are_not_positive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CodecLimits(0, 1, 1, 1));
    }

    private static String times(int count, String text) {
        return String.join("", Collections.nCopies(count, text));
    }
}
