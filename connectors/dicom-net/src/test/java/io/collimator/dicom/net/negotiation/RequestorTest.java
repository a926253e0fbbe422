package io.collimator.dicom.net.negotiation;

import static io.collimator.dicom.net.TestPeers.COLLIMATOR;
import static io.collimator.dicom.net.TestPeers.COMMITMENT;
import static io.collimator.dicom.net.TestPeers.CT1;
import static io.collimator.dicom.net.TestPeers.MWL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.TestPeers;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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
    void more_contexts_than_the_standard_allows_are_refused_before_anything_is_sent() {
        PresentationContextProposal[] many = Collections.nCopies(129, PresentationContextProposal.scu(MWL))
                .toArray(new PresentationContextProposal[0]);

        assertThatThrownBy(() -> requestor(many)).hasMessageContaining("129").hasMessageContaining("128");
        assertThatThrownBy(RequestorTest::requestor).isInstanceOf(IllegalArgumentException.class);
    }
}
