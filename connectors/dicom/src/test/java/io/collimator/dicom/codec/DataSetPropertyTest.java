package io.collimator.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What holds for every data set, and for every byte array; the seeds are fixed, so a failure repeats. */
@Timeout(60)
class DataSetPropertyTest {

    private static final CodecLimits SMALL = new CodecLimits(64 * 1024, 8, 2_000, 500);

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void reads_back_what_it_wrote(TransferSyntax syntax) {
        DataSetCodec codec = new DataSetCodec(syntax, CodecLimits.defaults());
        for (int seed = 0; seed < 500; seed++) {
            DataSet written = new RandomDataSets(seed).next();

            DataSet read = codec.decode(codec.encode(written));

            assertThat(read).as("seed %d", seed).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void writes_even_lengths_only(TransferSyntax syntax) {
        DataSetCodec codec = new DataSetCodec(syntax, CodecLimits.defaults());
        for (int seed = 0; seed < 200; seed++) {
            byte[] bytes = codec.encode(new RandomDataSets(seed).next());

            assertThat(bytes.length % 2).as("seed %d", seed).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void reads_or_refuses_mutated_bytes_and_fails_in_no_other_way(TransferSyntax syntax) {
        DataSetCodec codec = new DataSetCodec(syntax, SMALL);
        Random random = new Random(4711);
        for (int seed = 0; seed < 1_500; seed++) {
            byte[] bytes = codec.encode(new RandomDataSets(seed % 200).next());
            for (int change = 1 + random.nextInt(6); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = random.nextInt(3) == 0 ? (byte) 0xFF : (byte) random.nextInt(256);
            }

            decodeAndEncode(codec, bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(TransferSyntax.class)
    void reads_or_refuses_noise(TransferSyntax syntax) {
        DataSetCodec codec = new DataSetCodec(syntax, SMALL);
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);

            decodeAndEncode(codec, bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN")
    void reads_or_refuses_a_data_set_that_is_cut_off_anywhere(TransferSyntax syntax) {
        DataSetCodec codec = new DataSetCodec(syntax, SMALL);
        for (int seed = 0; seed < 8; seed++) {
            DataSet whole = new RandomDataSets(seed).next();
            byte[] bytes = codec.encode(whole);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);

                assertThat(decodeAndEncode(codec, cut))
                        .as("seed %d, %d bytes", seed, length)
                        .isNotEqualTo(whole);
            }
        }
    }

    /** The data set, or an empty one when it was refused. */
    private static DataSet decodeAndEncode(DataSetCodec codec, byte[] bytes) {
        try {
            DataSet read = codec.decode(bytes);
            codec.encode(SpecificCharacterSet.declareFor(read, SpecificCharacterSet.ASCII));
            return read;
        } catch (DicomDataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return DataSet.empty();
        } catch (RuntimeException | StackOverflowError other) {
            return fail("Not refused but failed: " + HexFormat.of().formatHex(bytes), other);
        }
    }
}
