package io.collimator.dicom.net.negotiation;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.negotiation.AcceptorOutcome.Accepted;
import io.collimator.dicom.net.negotiation.AcceptorOutcome.Rejected;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.OperationsWindow;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.operation.AcceptedContext;
import io.collimator.dicom.service.ApplicationInformation;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.CommonExtendedNegotiation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.NegotiationLimits;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.UserIdentity;
import io.collimator.dicom.service.UserIdentityVerdict;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is negotiated beside presentation contexts, and its bounds. */
class AcceptorOptionsTest {

    private static final Uid ILE = Uids.ImplicitVRLittleEndian;
    private static final UserInformation PLAIN = new UserInformation(16_384, "1.2.3", null, List.of());
    private static final ProposedContext WORKLIST = new ProposedContext(1, MWL, List.of(ILE));

    private static Acceptor acceptor(PeerPolicy policy, TestPeers.Limits limits) {
        return new Acceptor(
                COLLIMATOR,
                ServiceHandlers.builder()
                        .find(MWL, find -> Matches.of(List.of()))
                        .action(COMMITMENT, action -> NResponse.success())
                        .build(),
                policy,
                limits.build());
    }

    private static AcceptorOutcome negotiate(Acceptor acceptor, UserInformation user, ProposedContext... contexts) {
        return acceptor.negotiate(
                new AssociateRq(1, COLLIMATOR, CT1, AssociateRq.DICOM_APPLICATION_CONTEXT, List.of(contexts), user),
                InetAddress.getLoopbackAddress(),
                (calling, max) -> Places.Attempt.TAKEN);
    }

    private static Accepted accept(Acceptor acceptor, UserInformation user, ProposedContext... contexts) {
        return (Accepted) negotiate(acceptor, user, contexts);
    }

    @ParameterizedTest(name = "asked {0}/{1} where we allow {2}/{3}: {4}/{5}")
    @CsvSource({"5, 5, 1, 1, 1, 1", "5, 5, 8, 3, 3, 5", "0, 0, 8, 3, 3, 8", "1, 1, 8, 3, 1, 1", "65535, 0, 2, 4, 4, 2"})
    void the_operations_window_is_the_smaller_of_both(
            int invoked, int performed, int weInvoke, int wePerform, int answeredInvoked, int answeredPerformed) {
        Acceptor acceptor = acceptor(POLICY, TestPeers.limits().operations(weInvoke, wePerform));

        Accepted accepted = accept(acceptor, PLAIN.with(new OperationsWindow(invoked, performed)), WORKLIST);

        assertThat(accepted.answer().userInformation().window())
                .isEqualTo(new OperationsWindow(answeredInvoked, answeredPerformed));
        assertThat(accepted.agreement().maxOperationsPerformed()).isEqualTo(answeredInvoked);
        assertThat(accepted.agreement().maxOperationsInvoked()).isEqualTo(answeredPerformed);
    }

    @Test
    void who_asks_for_no_window_gets_none_and_one_operation_at_a_time() {
        Acceptor acceptor = acceptor(POLICY, TestPeers.limits().operations(8, 8));

        Accepted accepted = accept(acceptor, PLAIN, WORKLIST);

        assertThat(accepted.answer().userInformation().window()).isNull();
        assertThat(accepted.agreement().maxOperationsPerformed()).isEqualTo(1);
        assertThat(accepted.agreement().maxOperationsInvoked()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource({
        "1 1 0 0, 1 1 0 0",
        "1 1 1 1, 1 1 0 0",
        "1 1 1,   1 1 0",
        "1,       1 1 0",
        "'',      1 1 0",
        "1 1 1 1 1 1, 1 1 0"
    })
    void worklist_options_are_answered_byte_by_byte(String proposed, String answer) {
        Accepted accepted = accept(acceptor(POLICY, TestPeers.limits()), extended(MWL, proposed), WORKLIST);

        assertThat(accepted.answer().userInformation().options().extended())
                .containsExactly(new ExtendedNegotiation(MWL, information(answer)));
        assertThat(accepted.agreement().options().extended(MWL)).contains(information(answer));
    }

    @Test
    void options_of_what_was_not_accepted_and_of_other_services_are_not_answered() {
        UserInformation user = extended(Uids.CTImageStorage, "1");

        Accepted other = accept(
                acceptor(POLICY, TestPeers.limits()), user, new ProposedContext(1, Uids.CTImageStorage, List.of(ILE)));
        Accepted unproposed = accept(acceptor(POLICY, TestPeers.limits()), extended(MWL, "1 1 1 1"));
        Accepted commitment = accept(
                acceptor(POLICY, TestPeers.limits()),
                extended(COMMITMENT, "1"),
                new ProposedContext(1, COMMITMENT, List.of(ILE)));

        assertThat(List.of(other, unproposed, commitment))
                .allSatisfy(accepted -> assertThat(
                                accepted.answer().userInformation().options().extended())
                        .isEmpty());
    }

    @Test
    void what_a_peer_tells_of_sop_classes_is_kept_and_not_answered() {
        CommonExtendedNegotiation told = new CommonExtendedNegotiation(
                new Uid("1.2.3"), new Uid("1.2.840.10008.4.2"), List.of(Uids.CTImageStorage));

        Accepted accepted = accept(
                acceptor(POLICY, TestPeers.limits()),
                PLAIN.with(new AssociationOptions(List.of(), List.of(told))),
                WORKLIST);

        assertThat(accepted.agreement().options().common()).containsExactly(told);
        assertThat(accepted.answer().userInformation().options().common()).isEmpty();
    }

    private static UserInformation extended(Uid sopClass, String bytes) {
        return PLAIN.with(
                new AssociationOptions(List.of(new ExtendedNegotiation(sopClass, information(bytes))), List.of()));
    }

    private static ApplicationInformation information(String bytes) {
        int[] values = bytes.isEmpty()
                ? new int[0]
                : List.of(bytes.split(" ", -1)).stream()
                        .mapToInt(Integer::parseInt)
                        .toArray();
        return ApplicationInformation.of(values);
    }

    /** Lets in who says "sesame", verified; anyone else is refused, who says nothing is not judged. */
    private static final class Doorman implements PeerPolicy {

        private final List<UserIdentity> seen = new ArrayList<>();

        @Override
        public boolean isRegistered(AeTitle calling) {
            return POLICY.isRegistered(calling);
        }

        @Override
        public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
            return POLICY.rolesOf(calling, sopClass);
        }

        @Override
        public UserIdentityVerdict judge(AeTitle calling, @Nullable UserIdentity identity) {
            if (identity == null) {
                return new UserIdentityVerdict.NotJudged();
            }
            seen.add(identity);
            return identity.secondaryText().equals("sesame")
                    ? new UserIdentityVerdict.Verified(ByteBuffer.wrap(new byte[] {7}))
                    : new UserIdentityVerdict.Refused("the passcode is wrong");
        }
    }

    @Test
    void a_verified_user_is_told_so_only_when_it_asked() {
        Acceptor acceptor = acceptor(new Doorman(), TestPeers.limits());
        UserIdentity user = UserIdentity.usernameAndPasscode("ali", "sesame");

        Accepted silent = accept(acceptor, PLAIN.with(user), WORKLIST);
        Accepted answered = accept(acceptor, PLAIN.with(user.withPositiveResponseRequested()), WORKLIST);

        assertThat(silent.answer().userInformation().identityResponse()).isNull();
        assertThat(answered.answer().userInformation().identityResponse()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
    }

    @Test
    void a_refused_user_is_rejected_and_the_log_names_nobody() {
        Doorman doorman = new Doorman();

        Rejected rejected = (Rejected) negotiate(
                acceptor(doorman, TestPeers.limits()),
                PLAIN.with(UserIdentity.usernameAndPasscode("ali", "rice")),
                WORKLIST);

        assertThat(rejected.answer()).isEqualTo(new AssociateRj(1, 1, 1));
        assertThat(rejected.reason())
                .contains("CT1")
                .contains("passcode is wrong")
                .doesNotContain("ali", "rice");
        assertThat(doorman.seen).singleElement().asString().doesNotContain("ali", "rice");
    }

    @Test
    void a_user_whom_nobody_judges_gets_in_without_a_response() {
        UserIdentity user =
                UserIdentity.of(UserIdentity.Type.SAML, new byte[100]).withPositiveResponseRequested();

        Accepted accepted = accept(acceptor(POLICY, TestPeers.limits()), PLAIN.with(user), WORKLIST);

        assertThat(accepted.answer().userInformation().identityResponse()).isNull();
    }

    @Test
    void a_peer_may_have_bounds_of_its_own() {
        PeerPolicy policy = new PeerPolicy() {
            @Override
            public boolean isRegistered(AeTitle calling) {
                return true;
            }

            @Override
            public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
                return Set.of(ServiceRole.SCU);
            }

            @Override
            public PeerLimits limitsOf(AeTitle calling, PeerLimits usual) {
                return new PeerLimits(3, 8_192, 1, 2);
            }
        };
        List<Integer> asked = new ArrayList<>();

        Accepted accepted = (Accepted) acceptor(policy, TestPeers.limits())
                .negotiate(
                        new AssociateRq(
                                1,
                                COLLIMATOR,
                                CT1,
                                AssociateRq.DICOM_APPLICATION_CONTEXT,
                                List.of(WORKLIST),
                                PLAIN.with(new OperationsWindow(9, 9))),
                        InetAddress.getLoopbackAddress(),
                        (calling, max) -> {
                            asked.add(max);
                            return Places.Attempt.TAKEN;
                        });

        assertThat(asked).containsExactly(3);
        assertThat(accepted.answer().userInformation().maxPduLength()).isEqualTo(8_192);
        assertThat(accepted.agreement().declaredMaxPduLength()).isEqualTo(8_192);
        assertThat(accepted.agreement().maxOperationsPerformed()).isEqualTo(2);
    }

    @Test
    void a_peer_with_all_its_places_taken_is_rejected_for_now() {
        Rejected rejected = (Rejected) acceptor(POLICY, TestPeers.limits().maxAssociationsOfPeer(7))
                .negotiate(
                        new AssociateRq(
                                1, COLLIMATOR, CT1, AssociateRq.DICOM_APPLICATION_CONTEXT, List.of(WORKLIST), PLAIN),
                        InetAddress.getLoopbackAddress(),
                        (calling, max) -> Places.Attempt.FULL_FOR_PEER);

        assertThat(rejected.answer()).isEqualTo(AssociateRj.LOCAL_LIMIT_EXCEEDED);
        assertThat(rejected.reason()).contains("CT1").contains("7");
    }

    @Test
    void contexts_and_transfer_syntaxes_beyond_the_limits_are_rejected_one_by_one() {
        Acceptor acceptor = acceptor(POLICY, TestPeers.limits().negotiation(new NegotiationLimits(131_072, 3, 2)));

        Accepted accepted = accept(
                acceptor,
                PLAIN,
                new ProposedContext(1, MWL, List.of(ILE)),
                new ProposedContext(3, MWL, Collections.nCopies(3, ILE)),
                new ProposedContext(5, MWL, Collections.nCopies(2, ILE)),
                new ProposedContext(7, MWL, List.of(ILE)));

        assertThat(accepted.answer().contexts())
                .extracting(ContextResult::result)
                .containsExactly(0, 2, 0, 2);
        assertThat(accepted.agreement().contexts())
                .extracting(AcceptedContext::id)
                .containsExactly(1, 5);
    }

    @Test
    void all_128_contexts_are_answered() {
        ProposedContext[] contexts = IntStream.range(0, 128)
                .mapToObj(i -> new ProposedContext(i * 2 + 1, MWL, List.of(ILE)))
                .toArray(ProposedContext[]::new);

        Accepted accepted = accept(acceptor(POLICY, TestPeers.limits()), PLAIN, contexts);

        assertThat(accepted.answer().contexts()).hasSize(128).allMatch(ContextResult::isAccepted);
    }

    @Test
    void role_selection_of_a_sop_class_that_is_not_proposed_is_not_answered() {
        UserInformation user = new UserInformation(
                16_384,
                "1.2.3",
                null,
                List.of(new RoleSelection(COMMITMENT, true, false), new RoleSelection(MWL, true, true)));

        Accepted accepted = accept(acceptor(POLICY, TestPeers.limits()), user, WORKLIST);

        assertThat(accepted.answer().userInformation().roles()).containsExactly(new RoleSelection(MWL, true, false));
    }
}
