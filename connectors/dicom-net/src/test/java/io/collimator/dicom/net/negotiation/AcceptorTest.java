package io.collimator.dicom.net.negotiation;

import static io.collimator.dicom.contract.TestPeers.ARCHIVE;
import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.negotiation.AcceptorOutcome.Accepted;
import io.collimator.dicom.net.negotiation.AcceptorOutcome.Rejected;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptorTest {

    private static final InetAddress FROM = InetAddress.getLoopbackAddress();
    private static final Places TAKEN = (calling, max) -> Places.Attempt.TAKEN;
    private static final Uid ILE = Uids.ImplicitVRLittleEndian;
    private static final Uid ELE = Uids.ExplicitVRLittleEndian;
    private static final Uid JPEG = Uids.JPEGBaseline8Bit;

    private static final ServiceHandlers HANDLERS = ServiceHandlers.builder()
            .find(MWL, find -> Matches.of(List.of()))
            .action(COMMITMENT, action -> NResponse.success())
            .store(Uids.MRImageStorage, store -> DimseStatus.SUCCESS)
            .build();

    private final Acceptor acceptor = new Acceptor(
            COLLIMATOR,
            HANDLERS,
            POLICY,
            TestPeers.limits().maxPduLength(65_536).build());

    private static AssociateRq rq(AeTitle calling, List<RoleSelection> roles, ProposedContext... contexts) {
        return new AssociateRq(
                1,
                COLLIMATOR,
                calling,
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                List.of(contexts),
                new UserInformation(16_384, "1.2.3", null, roles));
    }

    private Accepted accept(AssociateRq rq) {
        return (Accepted) acceptor.negotiate(rq, FROM, TAKEN);
    }

    @Test
    void explicit_little_endian_is_preferred_and_implicit_taken_else() {
        Accepted accepted = accept(rq(
                CT1,
                List.of(),
                new ProposedContext(1, MWL, List.of(ILE, JPEG, ELE)),
                new ProposedContext(3, MWL, List.of(ILE))));

        assertThat(accepted.answer().contexts())
                .containsExactly(new ContextResult(1, 0, ELE), new ContextResult(3, 0, ILE));
        assertThat(accepted.agreement().contexts())
                .extracting(AcceptedContext::transferSyntax)
                .containsExactly(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        assertThat(accepted.agreement().maxPduLength()).isEqualTo(16_384);
    }

    @Test
    void instances_are_taken_in_the_syntax_that_the_peer_likes_best() {
        Uid unknown = new Uid("1.2.3.4");
        Accepted accepted = accept(rq(
                CT1,
                List.of(),
                new ProposedContext(1, Uids.MRImageStorage, List.of(JPEG, ELE)),
                new ProposedContext(3, Uids.MRImageStorage, List.of(unknown)),
                new ProposedContext(5, MWL, List.of(unknown))));

        assertThat(accepted.answer().contexts())
                .containsExactly(
                        new ContextResult(1, 0, JPEG), new ContextResult(3, 0, unknown), new ContextResult(5, 4, ILE));
        assertThat(accepted.agreement().contexts())
                .contains(new AcceptedContext(3, Uids.MRImageStorage, unknown, Set.of(ServiceRole.SCU)));
    }

    @Test
    void each_context_gets_its_own_answer_in_the_order_of_the_request() {
        Accepted accepted = accept(rq(
                ARCHIVE,
                List.of(),
                new ProposedContext(5, Uids.CTImageStorage, List.of(ILE)),
                new ProposedContext(3, null, List.of(ILE)),
                new ProposedContext(1, Uids.Verification, List.of(JPEG)),
                new ProposedContext(9, MWL, List.of(ILE)),
                new ProposedContext(7, Uids.Verification, List.of(ILE))));

        assertThat(accepted.answer().contexts())
                .extracting(ContextResult::id, ContextResult::result)
                .containsExactly(tuple(5, 3), tuple(3, 3), tuple(1, 4), tuple(9, 1), tuple(7, 0));
    }

    @ParameterizedTest(name = "{0} asks {1}/{2}, is answered {3}/{4}, result {5}")
    @CsvSource({
        "ARCHIVE, 0, 1, 0, 1, 0",
        "ARCHIVE, 1, 1, 0, 1, 0",
        "ARCHIVE, 1, 0, 0, 0, 1",
        "CT1,     1, 0, 1, 0, 0",
        "CT1,     1, 1, 1, 0, 0",
        "CT1,     0, 1, 0, 0, 1"
    })
    void roles_are_answered_by_what_the_peer_may_be(
            String calling, int scu, int scp, int answeredScu, int answeredScp, int result) {
        RoleSelection asked = new RoleSelection(COMMITMENT, scu == 1, scp == 1);

        Accepted accepted =
                accept(rq(new AeTitle(calling), List.of(asked), new ProposedContext(1, COMMITMENT, List.of(ILE))));

        assertThat(accepted.answer().userInformation().roles())
                .containsExactly(new RoleSelection(COMMITMENT, answeredScu == 1, answeredScp == 1));
        assertThat(accepted.answer().contexts().get(0).result()).isEqualTo(result);
    }

    @Test
    void a_peer_that_may_only_be_scp_is_one_also_without_role_selection() {
        Accepted accepted = accept(rq(ARCHIVE, List.of(), new ProposedContext(1, COMMITMENT, List.of(ILE))));

        assertThat(accepted.agreement().contexts().get(0).peerRoles()).containsExactly(ServiceRole.SCP);
        assertThat(accepted.answer().userInformation().roles()).isEmpty();
    }

    @Test
    void every_context_may_be_refused_and_there_still_is_an_association() {
        Accepted accepted = accept(rq(CT1, List.of(), new ProposedContext(1, Uids.CTImageStorage, List.of(ILE))));

        assertThat(accepted.agreement().contexts()).isEmpty();
    }

    @Test
    void rejections_come_in_the_order_of_the_checks() {
        AtomicBoolean reserved = new AtomicBoolean();
        AeTitle other = new AeTitle("OTHER");
        UserInformation user = UserInformation.absent();
        String dicom = AssociateRq.DICOM_APPLICATION_CONTEXT;

        assertThat(List.of(
                        new AssociateRq(1, other, other, "1.2.3", List.of(), user),
                        new AssociateRq(1, other, other, dicom, List.of(), user),
                        new AssociateRq(1, null, CT1, dicom, List.of(), user),
                        new AssociateRq(1, new AeTitle("collimator"), CT1, dicom, List.of(), user),
                        new AssociateRq(1, COLLIMATOR, other, dicom, List.of(), user),
                        new AssociateRq(1, COLLIMATOR, null, dicom, List.of(), user)))
                .extracting(rq -> ((Rejected) acceptor.negotiate(
                                rq,
                                FROM,
                                (calling, max) ->
                                        reserved.getAndSet(true) ? Places.Attempt.FULL : Places.Attempt.TAKEN))
                        .answer())
                .containsExactly(
                        AssociateRj.APPLICATION_CONTEXT_NOT_SUPPORTED,
                        AssociateRj.CALLED_AE_TITLE_NOT_RECOGNIZED,
                        AssociateRj.CALLED_AE_TITLE_NOT_RECOGNIZED,
                        AssociateRj.CALLED_AE_TITLE_NOT_RECOGNIZED,
                        AssociateRj.CALLING_AE_TITLE_NOT_RECOGNIZED,
                        AssociateRj.CALLING_AE_TITLE_NOT_RECOGNIZED);
        assertThat(reserved).isFalse();
        assertThat(((Rejected) acceptor.negotiate(rq(CT1, List.of()), FROM, (calling, max) -> Places.Attempt.FULL))
                        .answer())
                .isEqualTo(AssociateRj.LOCAL_LIMIT_EXCEEDED);
    }

    @Test
    void a_stranger_is_told_in_the_log_what_to_do() {
        Rejected rejected = (Rejected) acceptor.negotiate(rq(new AeTitle("CT9"), List.of()), FROM, TAKEN);

        assertThat(rejected.reason())
                .isEqualTo("calling AE title CT9 is not registered; add it to config/application-entities.yaml");
    }

    @ParameterizedTest
    @CsvSource({"0, 262144", "4096, 4096", "4294967295, 262144"})
    void what_is_sent_in_one_pdu_is_bounded_by_the_peer_and_by_us(long declared, int sent) {
        AssociateRq rq = new AssociateRq(
                1,
                COLLIMATOR,
                CT1,
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                List.of(),
                new UserInformation(declared, "", null, List.of()));

        assertThat(accept(rq).agreement().maxPduLength()).isEqualTo(sent);
    }
}
