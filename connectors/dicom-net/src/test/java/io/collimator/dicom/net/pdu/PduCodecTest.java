package io.collimator.dicom.net.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.ApplicationInformation;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.CommonExtendedNegotiation;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.UserIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
                Arguments.of("a-associate-rq-every-sub-item", requestWithEverySubItem()),
                Arguments.of("a-associate-ac-every-sub-item", answerWithEverySubItem()),
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

    private static AssociateRq requestWithEverySubItem() {
        ApplicationInformation wanted = ApplicationInformation.of(1, 1, 1, 0);
        UserInformation user = new UserInformation(16_384, "1.2.3.4", null, List.of())
                .with(new OperationsWindow(5, 0))
                .with(new AssociationOptions(
                        List.of(new ExtendedNegotiation(Uids.ModalityWorklistInformationModelFind, wanted)),
                        List.of(new CommonExtendedNegotiation(
                                Uids.CTImageStorage,
                                new Uid("1.2.840.10008.4.2"),
                                List.of(Uids.SecondaryCaptureImageStorage)))))
                .with(UserIdentity.usernameAndPasscode("René", "1234").withPositiveResponseRequested());
        return new AssociateRq(1, COLLIMATOR, CT1, "1.2.840.10008.3.1.1.1", List.of(), user);
    }

    private static AssociateAc answerWithEverySubItem() {
        ApplicationInformation answered = ApplicationInformation.of(1, 1, 0, 0);
        UserInformation user = new UserInformation(16_384, "1.2.3.4", null, List.of())
                .with(new OperationsWindow(1, 2))
                .with(new AssociationOptions(
                        List.of(new ExtendedNegotiation(Uids.ModalityWorklistInformationModelFind, answered)),
                        List.of()))
                .withIdentityResponse(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)));
        return new AssociateAc(1, COLLIMATOR, CT1, "1.2.840.10008.3.1.1.1", List.of(), user);
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
                "01 00 00 00 00 00 # A-ASSOCIATE-RQ of no length",
                "02 00 00 00 00 43 # A-ASSOCIATE-AC one byte short of the smallest",
                "04 00 00 00 00 00 # P-DATA-TF of no length",
                "04 00 00 00 00 05 00 00 00 01 01 # P-DATA-TF one byte short of the smallest"
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
                "50 00 00 06 54 00 00 02 00 09 # role selection with a UID beyond its end",
                "50 00 00 06 53 00 00 02 00 01 # operations window of 2 bytes",
                "50 00 00 06 56 00 00 02 00 09 # extended negotiation with a UID beyond its end",
                "50 00 00 0A 57 00 00 06 00 00 00 00 00 09 # related SOP classes beyond their end",
                "50 00 00 0C 58 00 00 08 02 00 00 02 41 42 00 09 # passcode beyond the end of the identity",
                "50 00 00 06 59 00 00 02 FF FF # server response beyond its end"
            })
    void malformed_items_are_invalid(String items) {
        assertInvalidWithItems(items);
    }

    private static byte[] withItems(String items) {
        byte[] head = Arrays.copyOf(GoldenPdu.read("a-associate-rq"), 74);
        byte[] tail = GoldenPdu.bytes(items);
        byte[] bytes = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, bytes, head.length, tail.length);
        bytes[4] = 0;
        bytes[5] = (byte) (bytes.length - 6);
        return bytes;
    }

    private static void assertInvalidWithItems(String items) {
        byte[] bytes = withItems(items);

        assertThatThrownBy(() -> PduDecoder.decode(bytes))
                .isInstanceOfSatisfying(
                        PduException.class,
                        e -> assertThat(e.abortReason()).isEqualTo(Abort.INVALID_PDU_PARAMETER_VALUE));
    }

    @ParameterizedTest(name = "type {0}")
    @CsvSource({"1, USERNAME", "2, USERNAME_AND_PASSCODE", "3, KERBEROS", "4, SAML", "5, JSON_WEB_TOKEN", "0, ", "6, "})
    void user_identities_are_read_and_those_of_no_known_type_skipped(int code, UserIdentity.@Nullable Type type) {
        AssociateRq rq = (AssociateRq)
                PduDecoder.decode(withItems("50 00 00 0C 58 00 00 08 0%d 00 00 02 41 42 00 00".formatted(code)));

        assertThat(Optional.ofNullable(rq.userInformation().identity()).map(UserIdentity::type))
                .isEqualTo(Optional.ofNullable(type));
        assertThat(rq.userInformation().toString()).doesNotContain("AB");
    }

    @Test
    void of_sub_items_that_come_twice_the_first_counts() {
        String first = "54 00 00 07 00 03 31 2E 32 01 00 56 00 00 06 00 03 31 2E 32 01";
        String second = "54 00 00 07 00 03 31 2E 32 00 01 56 00 00 06 00 03 31 2E 32 02";

        AssociateRq rq = (AssociateRq) PduDecoder.decode(withItems("50 00 00 2A " + first + " " + second));

        Uid uid = new Uid("1.2");
        assertThat(rq.userInformation().roles()).containsExactly(new RoleSelection(uid, true, false));
        assertThat(rq.userInformation().options().extended())
                .containsExactly(new ExtendedNegotiation(uid, ApplicationInformation.of(1)));
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
