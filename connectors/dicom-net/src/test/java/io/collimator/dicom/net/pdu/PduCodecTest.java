package io.collimator.dicom.net.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PduCodecTest {

    private static final AeTitle COLLIMATOR = new AeTitle("COLLIMATOR");
    private static final AeTitle CT1 = new AeTitle("CT1");

    static Stream<Arguments> goldenPdus() {
        List<Uid> implicit = List.of(Uids.ImplicitVRLittleEndian);
        List<Uid> both = List.of(Uids.ExplicitVRLittleEndian, Uids.ImplicitVRLittleEndian);
        return Stream.of(
                Arguments.of(
                        "a-associate-rq",
                        new AssociateRq(
                                1,
                                COLLIMATOR,
                                CT1,
                                "1.2.840.10008.3.1.1.1",
                                List.of(
                                        new ProposedContext(1, Uids.ModalityWorklistInformationModelFind, both),
                                        new ProposedContext(3, Uids.StorageCommitmentPushModel, implicit)),
                                new UserInformation(
                                        16384,
                                        "1.2.3.4",
                                        "CT_1_0",
                                        List.of(new RoleSelection(Uids.StorageCommitmentPushModel, false, true))))),
                Arguments.of(
                        "a-associate-ac",
                        new AssociateAc(
                                1,
                                COLLIMATOR,
                                CT1,
                                "1.2.840.10008.3.1.1.1",
                                List.of(
                                        new ContextResult(1, 0, Uids.ExplicitVRLittleEndian),
                                        new ContextResult(3, 3, Uids.ImplicitVRLittleEndian)),
                                new UserInformation(65536, "1.2.3.4", null, List.of()))),
                Arguments.of("a-associate-rj", AssociateRj.CALLING_AE_TITLE_NOT_RECOGNIZED),
                Arguments.of("a-release-rq", new ReleaseRq()),
                Arguments.of("a-release-rp", new ReleaseRp()),
                Arguments.of("a-abort", Abort.byProvider(Abort.UNEXPECTED_PDU)),
                Arguments.of(
                        "p-data-tf",
                        new PDataTf(List.of(
                                new Pdv(1, true, true, ByteBuffer.wrap(GoldenPdu.bytes("DE AD BE EF"))),
                                new Pdv(1, false, false, ByteBuffer.allocate(0))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenPdus")
    void golden_bytes_are_read(String name, Pdu pdu) {
        assertThat(PduDecoder.decode(GoldenPdu.read(name))).isEqualTo(pdu);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenPdus")
    void golden_bytes_are_written(String name, Pdu pdu) {
        assertThat(PduEncoder.encode(pdu)).asHexString().isEqualTo(hex(GoldenPdu.read(name)));
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().withUpperCase().formatHex(bytes);
    }

    @Test
    void unknown_items_are_skipped_and_padding_tolerated() {
        AssociateRq rq = (AssociateRq) PduDecoder.decode(GoldenPdu.read("a-associate-rq-tolerated"));

        assertThat(rq.protocolVersion()).isEqualTo(3);
        assertThat(rq.called()).isEqualTo(COLLIMATOR);
        assertThat(rq.calling()).isEqualTo(CT1);
        assertThat(rq.applicationContext()).isEqualTo(AssociateRq.DICOM_APPLICATION_CONTEXT);
        assertThat(rq.contexts())
                .containsExactly(new ProposedContext(
                        255, Uids.ModalityWorklistInformationModelFind, List.of(Uids.ImplicitVRLittleEndian)));
        assertThat(rq.userInformation().maxPduLength()).isZero();
    }

    @Test
    void a_request_without_user_information_takes_16_kilobytes() {
        byte[] whole = GoldenPdu.read("a-associate-rq");
        byte[] cut = Arrays.copyOf(whole, 74 + 25);
        cut[5] = (byte) (cut.length - 6);
        cut[4] = 0;

        AssociateRq rq = (AssociateRq) PduDecoder.decode(cut);

        assertThat(rq.userInformation().maxPduLength()).isEqualTo(16_384);
        assertThat(rq.contexts()).isEmpty();
    }

    @Test
    void a_field_that_is_no_ae_title_is_null() {
        byte[] bytes = GoldenPdu.read("a-associate-rq");
        Arrays.fill(bytes, 10, 26, (byte) ' ');
        bytes[26] = '\\';

        AssociateRq rq = (AssociateRq) PduDecoder.decode(bytes);

        assertThat(rq.called()).isNull();
        assertThat(rq.calling()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "00 00 00 00 00 00 # type 00",
                "08 00 00 00 00 00 # type 08",
                "47 45 54 20 2F 20 48 54 54 50 # GET / HTTP"
            })
    void what_is_no_pdu_is_unrecognized(String hex) {
        assertAbortReason(hex, Abort.UNRECOGNIZED_PDU);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "05 00 00 00 00 00 # A-RELEASE-RQ without its 4 bytes",
                "05 00 00 00 00 05 00 00 00 00 00 # A-RELEASE-RQ with 5 bytes",
                "03 00 00 00 00 03 00 01 01 # A-ASSOCIATE-RJ with 3 bytes",
                "07 00 00 00 00 00 # A-ABORT without its 4 bytes",
                "07 00 FF FF FF FF # A-ABORT of 4 GiB",
                "04 00 FF FF FF FF 00 # P-DATA-TF of 4 GiB",
                "04 00 00 00 00 04 00 00 00 02 # PDV longer than its PDU",
                "04 00 00 00 00 05 00 00 00 01 01 # PDV of length 1",
                "04 00 00 00 00 06 FF FF FF FF 01 03 # PDV of 4 GiB",
                "04 00 00 00 00 08 00 00 00 02 01 03 00 00 # PDV cut in its length",
                "01 00 00 00 00 02 00 01 # A-ASSOCIATE-RQ cut after the version"
            })
    void wrong_lengths_are_invalid(String hex) {
        assertAbortReason(hex, Abort.INVALID_PDU_PARAMETER_VALUE);
    }

    private static void assertAbortReason(String hex, int reason) {
        assertThatThrownBy(() -> PduDecoder.decode(GoldenPdu.bytes(hex)))
                .isInstanceOfSatisfying(
                        PduException.class, e -> assertThat(e.abortReason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20 00 00 04 02 00 00 00", "20 00 00 04 01 00 00 00 20 00 00 04 01 00 00 00"})
    void even_and_repeated_context_ids_are_invalid(String items) {
        assertInvalidWithItems(items);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 00 FF FF 31 # item longer than its PDU",
                "10 00 00 # item cut in its header",
                "20 00 00 02 01 00 # presentation context without its 4 bytes",
                "20 00 00 09 01 00 00 00 30 00 00 09 31 # sub-item longer than its item",
                "50 00 00 06 51 00 00 02 00 00 # maximum length of 2 bytes",
                "50 00 00 08 51 00 00 04 00 00 00 07 # maximum length 7: nothing fits",
                "50 00 00 06 54 00 00 02 00 09 # role selection with a UID beyond its end"
            })
    void malformed_items_are_invalid(String items) {
        assertInvalidWithItems(items);
    }

    private static void assertInvalidWithItems(String items) {
        byte[] head = Arrays.copyOf(GoldenPdu.read("a-associate-rq"), 74);
        byte[] tail = GoldenPdu.bytes(items);
        byte[] bytes = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, bytes, head.length, tail.length);
        bytes[4] = 0;
        bytes[5] = (byte) (bytes.length - 6);

        assertThatThrownBy(() -> PduDecoder.decode(bytes))
                .isInstanceOfSatisfying(
                        PduException.class,
                        e -> assertThat(e.abortReason()).isEqualTo(Abort.INVALID_PDU_PARAMETER_VALUE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mutated_pdus_decode_or_are_refused_and_what_decodes_can_be_written(long seed) {
        Random random = new Random(seed);
        List<byte[]> seeds = goldenPdus()
                .map(arguments -> GoldenPdu.read((String) arguments.get()[0]))
                .toList();

        for (int i = 0; i < 5_000; i++) {
            byte[] mutant = mutate(seeds.get(random.nextInt(seeds.size())), random);
            try {
                Pdu pdu = PduDecoder.decode(mutant);
                assertThat(PduDecoder.decode(PduEncoder.encode(pdu))).isEqualTo(pdu);
            } catch (PduException e) {
                assertThat(e.abortReason()).isIn(Abort.UNRECOGNIZED_PDU, Abort.INVALID_PDU_PARAMETER_VALUE);
            }
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] mutant = Arrays.copyOf(original, Math.max(1, original.length + random.nextInt(9) - 4));
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        }
        return mutant;
    }
}
