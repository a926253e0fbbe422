package io.collimator.dicom.net.negotiation;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.OperationsWindow;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.service.ApplicationInformation;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.ExtendedNegotiation;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.UserIdentity;
import io.collimator.dicom.service.WorklistOptions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestorTest {

    private static final Uid ELE = Uids.ExplicitVRLittleEndian;
    private static final Uid ILE = Uids.ImplicitVRLittleEndian;

    private static Requestor requestor(PresentationContextProposal... proposals) {
        return new Requestor(new AssociationRequest(
                COLLIMATOR,
                CT1,
                "127.0.0.1",
                104,
                Arrays.asList(proposals),
                ServiceHandlers.none(),
                TestPeers.limits().build()));
    }

    private static AssociateAc ac(List<RoleSelection> roles, ContextResult... results) {
        return new AssociateAc(1, null, null, "", List.of(results), new UserInformation(16_384, "1.2.3", null, roles));
    }

    @Test
    void contexts_get_odd_ids_and_scp_proposals_a_role_item() {
        AssociateRq rq = requestor(PresentationContextProposal.scu(MWL), PresentationContextProposal.scp(COMMITMENT))
                .request();

        assertThat(rq.contexts())
                .containsExactly(
                        new ProposedContext(1, MWL, List.of(ELE, ILE)),
                        new ProposedContext(3, COMMITMENT, List.of(ELE, ILE)));
        assertThat(rq.userInformation().roles()).containsExactly(new RoleSelection(COMMITMENT, false, true));
        assertThat(rq.protocolVersion()).isEqualTo(1);
        assertThat(rq.called()).isEqualTo(CT1);
        assertThat(rq.calling()).isEqualTo(COLLIMATOR);
    }

    @ParameterizedTest(name = "we ask {0}/{1}, are answered {2}: the peer may be {3}")
    @CsvSource({
        "true,  false, none, SCP",
        "false, true,  none, SCU",
        "false, true,  0/1,  SCU",
        "false, true,  0/0,  ''",
        "false, true,  1/0,  ''",
        "true,  true,  1/1,  SCU SCP",
        "true,  true,  1/0,  SCP",
        "true,  true,  0/1,  SCU"
    })
    void roles_are_what_was_asked_and_answered(boolean scu, boolean scp, String answer, String peerRoles) {
        Set<ServiceRole> asked =
                scu && scp ? Set.of(ServiceRole.SCU, ServiceRole.SCP) : Set.of(scu ? ServiceRole.SCU : ServiceRole.SCP);
        List<RoleSelection> answered = answer.equals("none")
                ? List.of()
                : List.of(new RoleSelection(COMMITMENT, answer.startsWith("1"), answer.endsWith("1")));
        PresentationContextProposal proposal = new PresentationContextProposal(
                COMMITMENT, PresentationContextProposal.scu(COMMITMENT).transferSyntaxes(), asked);

        Agreement agreement = requestor(proposal).agreement(ac(answered, new ContextResult(1, 0, ILE)));

        assertThat(agreement.contexts().stream()
                        .flatMap(context -> context.peerRoles().stream())
                        .sorted()
                        .map(ServiceRole::name))
                .containsExactlyElementsOf(peerRoles.isEmpty() ? List.of() : List.of(peerRoles.split(" ")));
    }

    @Test
    void answers_that_make_no_sense_give_no_context() {
        Agreement agreement = requestor(PresentationContextProposal.scu(MWL))
                .agreement(ac(
                        List.of(),
                        new ContextResult(1, 0, Uids.JPEGBaseline8Bit),
                        new ContextResult(3, 0, ILE),
                        new ContextResult(255, 0, ILE),
                        new ContextResult(5, 3, ILE)));

        assertThat(agreement.contexts()).isEmpty();
    }

    @Test
    void role_answers_that_were_not_asked_for_change_nothing() {
        Agreement agreement = requestor(PresentationContextProposal.scu(MWL))
                .agreement(ac(List.of(new RoleSelection(MWL, false, true)), new ContextResult(1, 0, ILE)));

        assertThat(agreement.contexts())
                .singleElement()
                .satisfies(context -> assertThat(context.peerRoles()).containsExactly(ServiceRole.SCP));
    }

    private static Requestor requestor(DicomLimits limits, AssociationOptions options, @Nullable UserIdentity user) {
        return new Requestor(new AssociationRequest(
                COLLIMATOR,
                CT1,
                "127.0.0.1",
                104,
                List.of(PresentationContextProposal.scu(MWL)),
                ServiceHandlers.none(),
                limits,
                options,
                user));
    }

    private static AssociateAc ac(UserInformation user) {
        return new AssociateAc(1, null, null, "", List.of(new ContextResult(1, 0, ILE)), user);
    }

    @ParameterizedTest(name = "we propose {0}/{1}, are answered {2}: {3}/{4}")
    @CsvSource({"4, 6, 2/3,  2, 3", "4, 6, 0/0,  4, 6", "4, 6, 9/9,  4, 6", "4, 6, none, 1, 1", "1, 1, none, 1, 1"})
    void the_operations_window_is_what_was_proposed_and_answered(
            int invoked, int performed, String answer, int mayInvoke, int mustPerform) {
        Requestor requestor =
                requestor(TestPeers.limits().operations(invoked, performed).build(), AssociationOptions.none(), null);
        UserInformation answered = new UserInformation(16_384, "1.2.3", null, List.of());
        if (!answer.equals("none")) {
            String[] window = answer.split("/", 2);
            answered = answered.with(new OperationsWindow(Integer.parseInt(window[0]), Integer.parseInt(window[1])));
        }

        Agreement agreement = requestor.agreement(ac(answered));

        OperationsWindow proposed = requestor.request().userInformation().window();
        assertThat(proposed).isEqualTo(invoked == 1 ? null : new OperationsWindow(invoked, performed));
        assertThat(agreement.maxOperationsInvoked()).isEqualTo(mayInvoke);
        assertThat(agreement.maxOperationsPerformed()).isEqualTo(mustPerform);
    }

    @Test
    void extended_negotiation_is_proposed_and_answers_to_something_else_ignored() {
        ExtendedNegotiation wanted = new ExtendedNegotiation(MWL, new WorklistOptions(true, false).toInformation());
        Requestor requestor =
                requestor(TestPeers.limits().build(), new AssociationOptions(List.of(wanted), List.of()), null);
        ExtendedNegotiation agreed = new ExtendedNegotiation(MWL, ApplicationInformation.of(1, 1, 1));
        ExtendedNegotiation other = new ExtendedNegotiation(COMMITMENT, ApplicationInformation.of(1));

        Agreement agreement = requestor.agreement(
                ac(UserInformation.absent().with(new AssociationOptions(List.of(other, agreed), List.of()))));

        assertThat(requestor.request().userInformation().options().extended()).containsExactly(wanted);
        assertThat(agreement.options().extended()).containsExactly(agreed);
        assertThat(agreement.options().extended(MWL).map(WorklistOptions::of))
                .contains(new WorklistOptions(true, false));
    }

    @Test
    void a_user_is_sent_and_unverified_when_the_response_that_was_asked_for_is_not_there() {
        UserIdentity user = UserIdentity.username("ali");
        DicomLimits limits = TestPeers.limits().build();
        Requestor indifferent = requestor(limits, AssociationOptions.none(), user);
        Requestor strict = requestor(limits, AssociationOptions.none(), user.withPositiveResponseRequested());
        AssociateAc silent = ac(UserInformation.absent());
        AssociateAc positive = ac(UserInformation.absent().withIdentityResponse(ByteBuffer.allocate(0)));

        assertThat(indifferent.request().userInformation().identity()).isEqualTo(user);
        assertThat(indifferent.isUserUnverified(silent)).isFalse();
        assertThat(strict.isUserUnverified(silent)).isTrue();
        assertThat(strict.isUserUnverified(positive)).isFalse();
    }

    @Test
    void more_contexts_than_the_standard_allows_are_refused_before_anything_is_sent() {
        PresentationContextProposal[] many = Collections.nCopies(129, PresentationContextProposal.scu(MWL))
                .toArray(new PresentationContextProposal[0]);

        assertThatThrownBy(() -> requestor(many)).hasMessageContaining("129").hasMessageContaining("128");
        assertThatThrownBy(RequestorTest::requestor).isInstanceOf(IllegalArgumentException.class);
    }
}
