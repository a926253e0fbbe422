package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.ContextResult;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.AssociationOptions;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.UserIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The other way round: we are the requestor and the acceptor misbehaves. */
@Timeout(60)
class BadAcceptorsAreGivenUpIT {

    private static final Uid VERIFICATION = Uids.Verification;

    private final ProviderUnderTest tested = new ProviderUnderTest();

    @AfterEach
    void close() {
        tested.close();
    }

    private AssociationRequest requestTo(ServerSocket server) {
        return new AssociationRequest(
                CT1,
                COLLIMATOR,
                "127.0.0.1",
                server.getLocalPort(),
                List.of(PresentationContextProposal.scu(VERIFICATION)),
                ServiceHandlers.none(),
                limits().request(Duration.ofMillis(700)).build());
    }

    private static AssociateAc acceptance() {
        return new AssociateAc(
                1,
                COLLIMATOR,
                CT1,
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                List.of(new ContextResult(1, 0, Uids.ImplicitVRLittleEndian)),
                UserInformation.absent());
    }

    @Test
    void a_release_collision_ends_the_association_for_the_requestor() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<DicomAssociation> opening =
                    CompletableFuture.supplyAsync(() -> tested.provider.open(requestTo(server)));
            try (ScriptedPeer acceptor = new ScriptedPeer(server.accept())) {
                acceptor.expect(AssociateRq.class);
                acceptor.send(acceptance());
                DicomAssociation association = opening.get(60, TimeUnit.SECONDS);
                CompletableFuture<Void> release = CompletableFuture.runAsync(association::release);
                acceptor.expect(ReleaseRq.class);
                acceptor.send(new ReleaseRq());
                acceptor.expect(ReleaseRp.class);
                acceptor.send(new ReleaseRp());

                release.get(60, TimeUnit.SECONDS);
                assertThat(association.isOpen()).isFalse();
                acceptor.expectEnd();
            }
        }
    }

    @Test
    void an_acceptor_that_stays_silent_is_given_up() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> tested.provider.open(requestTo(server)))
                    .isInstanceOfSatisfying(
                            AssociationException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        }
    }

    @Test
    void an_acceptor_that_never_ends_its_answer_is_given_up() throws Exception {
        byte[] answer = PduEncoder.encode(acceptance());
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<DicomAssociation> opening =
                    CompletableFuture.supplyAsync(() -> tested.provider.open(requestTo(server)));
            try (ScriptedPeer acceptor = new ScriptedPeer(server.accept())) {
                acceptor.expect(AssociateRq.class);
                acceptor.send(Arrays.copyOf(answer, answer.length - 1));

                assertThatThrownBy(() -> opening.get(60, TimeUnit.SECONDS))
                        .hasMessageContaining("did not answer A-ASSOCIATE-RQ");
                acceptor.expect(Abort.class);
            }
        }
    }

    @Test
    void an_acceptor_that_does_not_verify_the_user_as_asked_is_left() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            AssociationRequest plain = requestTo(server);
            AssociationRequest request = new AssociationRequest(
                    plain.calling(),
                    plain.called(),
                    plain.host(),
                    plain.port(),
                    plain.contexts(),
                    plain.handlers(),
                    plain.limits(),
                    AssociationOptions.none(),
                    UserIdentity.usernameAndPasscode("ali", "sesame").withPositiveResponseRequested());
            CompletableFuture<DicomAssociation> opening =
                    CompletableFuture.supplyAsync(() -> tested.provider.open(request));
            try (ScriptedPeer acceptor = new ScriptedPeer(server.accept())) {
                AssociateRq received = acceptor.expect(AssociateRq.class);
                acceptor.send(acceptance());

                assertThat(received.userInformation().identity()).isEqualTo(request.user());
                assertThatThrownBy(() -> opening.get(60, TimeUnit.SECONDS))
                        .hasMessageContaining("without verifying the user")
                        .hasMessageNotContainingAny("ali", "sesame");
                assertThat(acceptor.expectPdu()).isEqualTo(Abort.byUser());
            }
        }
    }

    @Test
    void who_waits_for_a_response_learns_that_the_peer_is_gone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<DicomAssociation> opening =
                    CompletableFuture.supplyAsync(() -> tested.provider.open(requestTo(server)));
            CompletableFuture<?> echo;
            try (ScriptedPeer acceptor = new ScriptedPeer(server.accept())) {
                acceptor.expect(AssociateRq.class);
                acceptor.send(acceptance());
                echo = opening.thenApplyAsync(DicomAssociation::echo);
                acceptor.expectCommand(CEchoRq.class);
            }

            assertThatThrownBy(() -> echo.get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(AssociationException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void an_abort_of_the_acceptor_reaches_the_requestor_with_its_reason() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<DicomAssociation> opening =
                    CompletableFuture.supplyAsync(() -> tested.provider.open(requestTo(server)));
            try (ScriptedPeer acceptor = new ScriptedPeer(server.accept())) {
                acceptor.expect(AssociateRq.class);
                acceptor.send(Abort.byProvider(Abort.UNEXPECTED_PDU));

                assertThatThrownBy(() -> opening.get(60, TimeUnit.SECONDS)).hasMessageContaining("source 2, reason 2");
            }
        }
    }
}
