package io.collimator.dicom.dimse;

import static io.collimator.dicom.fuzz.FuzzRun.bounded;
import static io.collimator.dicom.fuzz.FuzzRun.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.dimse.DimseCommand.MalformedRq;
import io.collimator.dicom.fuzz.Corpus;
import io.collimator.dicom.fuzz.FuzzRun;
import io.collimator.dicom.fuzz.Mutations;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mutated command sets, byte by byte and element by element; see {@link FuzzRun}. */
class CommandFuzzTest {

    private static final DataSetCodec CODEC =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());
    private static final List<DimseCommand> VALID = CommandCodecTest.commands().toList();
    private static final Corpus CORPUS = Corpus.of("command");

    @Test
    void commands_are_read_or_refused_and_what_was_read_is_written_so_that_it_reads_the_same() {
        FuzzRun.repeat("commands", random -> {
            byte[] start = switch (random.nextInt(4)) {
                case 0 -> CORPUS.any(random);
                case 1 -> CODEC.encode(crossed(random));
                default -> CommandCodec.encode(any(random));
            };
            byte[] changed = random.nextInt(8) == 0 ? start : new Mutations(random).mutate(start);
            bounded(changed, () -> readOrRefuse(changed));
        });
    }

    static List<Corpus.Entry> corpus() {
        return CORPUS.entries();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void a_kept_command_is_read_or_refused(Corpus.Entry kept) throws Exception {
        bounded(kept.bytes(), () -> readOrRefuse(kept.bytes()));
    }

    /** Elements of one command among those of another: every status and type beside every command field. */
    private static DataSet crossed(Random random) {
        DataSet set = CommandWriter.toDataSet(any(random));
        for (Element element : CommandWriter.toDataSet(any(random)).elements()) {
            if (random.nextBoolean()) {
                set = set.with(element);
            } else if (random.nextInt(4) == 0) {
                set = set.without(element.tag());
            }
        }
        return set;
    }

    private static DimseCommand any(Random random) {
        return VALID.get(random.nextInt(VALID.size()));
    }

    /** The first time it loses what says nothing, sub-operations of which none remains in a final response for instance. */
    private static byte[] rewritten(byte[] command) {
        return CommandCodec.encode(CommandCodec.decode(command));
    }

    private static void readOrRefuse(byte[] bytes) {
        DimseCommand command;
        try {
            command = CommandCodec.decode(bytes);
        } catch (DicomDataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return;
        }
        // it is only ever answered
        if (!(command instanceof MalformedRq)) {
            byte[] written = rewritten(CommandCodec.encode(command));
            assertThat(rewritten(written)).as(() -> hex(bytes)).isEqualTo(written);
        }
    }
}
