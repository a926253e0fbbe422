package io.collimator.dicom.contract;

import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.CStoreRsp;
import io.collimator.dicom.dimse.DimseCommand.NGetRq;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.dimse.DimseCommand.UnrecognizedRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ServiceHandlers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever comes in, it ends the connection that brought it at most: the next honest peer is served. */
public abstract class MalformedInputContract extends ProviderContract {

    private static final Uid CT = Uids.CTImageStorage;

    private final CompletableFuture<IOException> lost = new CompletableFuture<>();

    // set before each test
    @SuppressWarnings("NullAway.Init")
    private DicomListener listener;

    @BeforeEach
    void listen() {
        listener = listen(handlers(), limits().response(Duration.ofMillis(700)));
    }

    private ServiceHandlers handlers() {
        return ServiceHandlers.builder()
                .set(MPPS, set -> NResponse.success())
                .store(CT, store -> {
                    try {
                        store.dataSet().readAllBytes();
                    } catch (IOException e) {
                        lost.complete(e);
                        throw e;
                    }
                    return DimseStatus.SUCCESS;
                })
                .build();
    }

    private void assertServes() {
        try (DicomAssociation association = provider().open(request(listener, Uids.Verification))) {
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void who_speaks_another_protocol_is_cut_off() {
        try (RawPeer peer = new RawPeer(listener)) {
            peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                    .expectEnd();
        }
        assertServes();
    }

    @Test
    void data_before_the_association_ends_the_connection() {
        try (RawPeer peer = new RawPeer(listener)) {
            peer.sendCommand(1, new CEchoRq(1, Uids.Verification)).expectEnd();
        }
        assertServes();
    }

    @Test
    void a_context_that_was_not_accepted_ends_the_association() {
        try (RawPeer peer = new RawPeer(listener).associate(Uids.Verification)) {
            peer.sendCommand(3, new CEchoRq(1, Uids.Verification)).expectEnd();
        }
        assertServes();
    }

    @Test
    void a_command_that_is_none_ends_the_association() {
        try (RawPeer peer = new RawPeer(listener).associate(Uids.Verification)) {
            peer.sendCommand(1, (byte) 1, (byte) 2, (byte) 3).expectEnd();
        }
        assertServes();
    }

    @Test
    void a_length_of_four_gigabytes_is_not_believed() {
        try (RawPeer peer = new RawPeer(listener).associate(Uids.Verification)) {
            peer.send((byte) RawPeer.P_DATA, (byte) 0, (byte) -1, (byte) -1, (byte) -1, (byte) -2);
            if (differences().contains(Difference.LENGTH_JUDGED_WITH_CONTENT)) {
                peer.send(new byte[4]);
            }
            peer.expectEnd();
        }
        assertServes();
    }

    @Test
    void a_peer_that_goes_in_the_middle_of_a_message_leaves_nothing_behind() {
        try (RawPeer peer = new RawPeer(listener).associate(CT)) {
            peer.sendCommand(1, new CStoreRq(1, CT, new Uid("1.2"), Priority.MEDIUM, null, true))
                    .sendData(1, false, new byte[1000]);
        }

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(lost).isCompleted());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
        assertServes();
    }

    @Test
    void a_peer_that_promises_a_data_set_and_sends_none_is_given_up() {
        boolean byIdleTime = differences().contains(Difference.SILENT_REQUEST_ENDS_BY_IDLE_TIME);
        DicomListener impatient = byIdleTime ? listen(handlers(), limits().idle(Duration.ofMillis(700))) : listener;

        try (RawPeer peer = new RawPeer(impatient).associate(CT)) {
            peer.sendCommand(1, new CStoreRq(1, CT, new Uid("1.2"), Priority.MEDIUM, null, true));

            if (!byIdleTime) {
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(lost).isCompleted());
            }
            peer.expectEnd();
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(impatient.associations()).isZero());
        assertServes();
    }

    @Test
    void a_peer_that_stops_in_the_middle_of_a_data_set_is_given_up() {
        try (RawPeer peer = new RawPeer(listener).associate(CT)) {
            peer.sendCommand(1, new CStoreRq(1, CT, new Uid("1.2"), Priority.MEDIUM, null, true))
                    .sendData(1, false, new byte[1000]);

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(lost).isCompleted());
            peer.expectEnd();
        }
        assertServes();
    }

    @Test
    void unknown_services_are_answered_once_their_data_set_is_here() {
        try (RawPeer peer = new RawPeer(listener).associate(MPPS)) {
            peer.sendCommand(1, new UnrecognizedRq(0x0666, 7, MPPS, true))
                    .sendData(1, false, new byte[1000])
                    .sendData(1, true, new byte[10]);
            if (differences().contains(Difference.UNKNOWN_SERVICE_ENDS_ASSOCIATION)) {
                peer.expectEnd();
            } else {
                assertThat(peer.expectCommand())
                        .isInstanceOfSatisfying(
                                Response.class,
                                response -> assertThat(response.status().code()).isEqualTo(0x0211));
            }
        }
        assertServes();
    }

    @Test
    void services_without_handler_are_answered() {
        try (RawPeer peer = new RawPeer(listener).associate(MPPS)) {
            peer.sendCommand(1, new NGetRq(8, MPPS, new Uid("1.2"), List.of()));
            assertThat(peer.expectCommand())
                    .isInstanceOfSatisfying(
                            Response.class,
                            response -> assertThat(response.status().code()).isEqualTo(0x0211));
        }
    }

    @Test
    void fragments_of_one_byte_and_of_none_are_put_together() {
        try (RawPeer peer = new RawPeer(listener).associate(CT)) {
            peer.sendCommand(1, new CStoreRq(5, CT, new Uid("1.2"), Priority.MEDIUM, null, true));
            for (int i = 0; i < 500; i++) {
                peer.sendData(1, false, (byte) i);
            }
            peer.sendData(1, true);

            assertThat(peer.expectCommand()).isEqualTo(new CStoreRsp(5, CT, new Uid("1.2"), DimseStatus.SUCCESS));
        }
    }

    @Test
    void an_echo_is_answered_on_a_raw_socket() {
        try (RawPeer peer = new RawPeer(listener).associate(Uids.Verification)) {
            peer.sendCommand(1, new CEchoRq(65535, Uids.Verification));

            assertThat(peer.expectCommand()).isEqualTo(new CEchoRsp(65535, Uids.Verification, DimseStatus.SUCCESS));
        }
    }
}
