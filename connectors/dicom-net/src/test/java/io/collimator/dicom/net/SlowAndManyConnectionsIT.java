package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.ARCHIVE;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT_INSTANCE;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.WORKSTATION;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.step;
import static io.collimator.dicom.net.ProviderUnderTest.assertAborted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRsp;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRsp;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRsp;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.NegotiationLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that take their time, come in crowds, send crumbs or take nothing: each is bounded, and nobody else waits. */
@Timeout(60)
class SlowAndManyConnectionsIT {

    private static final Uid VERIFICATION = Uids.Verification;
    private static final long MAX_TAKEN_BYTES = 32L * 1024 * 1024;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private static final DataSetCodec IMPLICIT =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    private final ProviderUnderTest tested = new ProviderUnderTest();

    @AfterEach
    void close() {
        tested.close();
    }

    @Test
    void a_request_byte_by_byte_gets_no_more_time_than_silence() {
        Duration artim = Duration.ofSeconds(7);
        DicomListener listener = tested.listen(limits().artim(artim));
        byte[] request = PduEncoder.encode(ScriptedPeer.rq(CT1, VERIFICATION));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            for (int i = 0; i < request.length - 1; i++) {
                peer.send(request[i]);
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(artim) == 1);
            tested.timers.expire(artim);

            peer.expectEnd();
        }
        tested.assertServes(listener);
    }

    @Test
    void bytes_that_complete_no_pdu_are_no_traffic() {
        Duration idle = Duration.ofSeconds(8);
        DicomListener listener = tested.listen(limits().idle(idle));
        byte[] echo = PduEncoder.encode(echo(1));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(VERIFICATION)) {
            for (int look = 0; look < 4; look++) {
                peer.send(echo[look]);
                await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(idle.dividedBy(4)) == 1);
                tested.timers.expire(idle.dividedBy(4));
            }

            assertAborted(peer, 0, 0);
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    @Test
    void a_flood_of_half_requests_lets_honest_peers_through_all_the_time() {
        Duration artim = Duration.ofSeconds(7);
        DicomListener listener = tested.listen(limits().maxPending(256).artim(artim));
        byte[] request = PduEncoder.encode(ScriptedPeer.rq(CT1, VERIFICATION));
        byte[] half = Arrays.copyOf(request, request.length / 2);
        List<ScriptedPeer> flood = new ArrayList<>();
        flood.add(ScriptedPeer.connect(listener).send(half));
        // so that it surely is the oldest: connections are taken up by several threads
        await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(artim) == 1);

        for (int i = 1; i <= 600; i++) {
            flood.add(ScriptedPeer.connect(listener).send(half));
            if (i % 100 == 0) {
                tested.assertServes(listener);
            }
        }

        flood.get(0).expectEnd();
        flood.forEach(ScriptedPeer::close);
        tested.assertServes(listener);
    }

    @Test
    void a_peer_with_all_its_places_taken_is_rejected_and_others_are_not() {
        DicomListener listener = tested.listen(limits().maxAssociationsOfPeer(2));

        try (ScriptedPeer first = ScriptedPeer.connect(listener).associate(VERIFICATION);
                ScriptedPeer second = ScriptedPeer.connect(listener).associate(VERIFICATION);
                ScriptedPeer third = ScriptedPeer.connect(listener);
                ScriptedPeer archive = ScriptedPeer.connect(listener);
                ScriptedPeer fourth = ScriptedPeer.connect(listener)) {
            third.send(ScriptedPeer.rq(CT1, VERIFICATION));
            assertThat(third.expectPdu()).isEqualTo(AssociateRj.LOCAL_LIMIT_EXCEEDED);

            archive.send(ScriptedPeer.rq(ARCHIVE, COMMITMENT)).expect(AssociateAc.class);

            second.send(new ReleaseRq()).expect(ReleaseRp.class);
            await().atMost(Duration.ofMinutes(1)).until(() -> listener.associations() == 2);
            fourth.send(ScriptedPeer.rq(CT1, VERIFICATION)).expect(AssociateAc.class);
            first.send(echo(1)).expectCommand(CEchoRsp.class);
        }
    }

    @Test
    void a_peer_whose_requests_take_long_leaves_handler_threads_to_others() {
        DicomListener listener = tested.listen(limits().handlers(4, 16));
        List<ScriptedPeer> busy = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            busy.add(ScriptedPeer.connect(listener)
                    .associate(COMMITMENT)
                    .sendCommand(1, new NActionRq(1, COMMITMENT, COMMITMENT_INSTANCE, 1, false)));
        }

        try (ScriptedPeer other = ScriptedPeer.connect(listener)) {
            other.send(ScriptedPeer.rq(WORKSTATION, MPPS)).expect(AssociateAc.class);
            other.sendCommand(1, new NSetRq(1, MPPS, new Uid("1.2.3"), true));
            other.sendDataSet(1, IMPLICIT.encode(step("A1", "A^B")));
            assertThat(other.expectCommand(NSetRsp.class).status().isSuccess()).isTrue();
        }

        tested.handlersMayEnd.countDown();
        busy.forEach(
                peer -> assertThat(peer.expectCommand(NActionRsp.class).status().isSuccess())
                        .isTrue());
        busy.forEach(ScriptedPeer::close);
    }

    @Test
    void a_request_longer_than_allowed_is_refused_by_its_header() {
        DicomListener listener = tested.listen(limits().negotiation(new NegotiationLimits(4_096, 128, 64)));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.send(GoldenPdu.bytes("01 00 00 00 10 01"));

            assertAborted(peer, 2, Abort.INVALID_PDU_PARAMETER_VALUE);
            peer.expectEnd(Duration.ofMinutes(1));
        }
        tested.assertServes(listener);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16 03 01 02 00 01 00 01 FC 03 03 # ClientHello of TLS",
                "48 45 4C 50 0D 0A # HELP",
                "0B 4D 53 48 7C # HL7 over MLLP",
                "00 00 00 00 00 00 00 00"
            })
    void other_protocols_are_aborted_and_closed_at_once(String hello) {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.send(GoldenPdu.bytes(hello));

            assertAborted(peer, 2, Abort.UNRECOGNIZED_PDU);
            peer.expectEnd(Duration.ofMinutes(1));
        }
        tested.assertServes(listener);
    }

    @Test
    void a_message_in_crumbs_is_answered_like_any_other() {
        DicomListener listener = tested.listen();
        List<Pdv> crumbs = new ArrayList<>();
        crumble(CommandCodec.encode(new CFindRq(1, MWL, Priority.MEDIUM, true)), true, crumbs);
        crumble(IMPLICIT.encode(step("A1", "")), false, crumbs);

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(MWL)) {
            peer.send(new PDataTf(crumbs));
            assertFound(peer);

            crumbs.forEach(crumb -> peer.send(new PDataTf(List.of(crumb))));
            assertFound(peer);
        }
    }

    /** Fragments of one byte with an empty one before each. */
    private static void crumble(byte[] bytes, boolean command, List<Pdv> crumbs) {
        for (int i = 0; i < bytes.length; i++) {
            crumbs.add(new Pdv(1, command, false, ByteBuffer.allocate(0)));
            crumbs.add(new Pdv(
                    1,
                    command,
                    i == bytes.length - 1,
                    ByteBuffer.wrap(bytes, i, 1).slice()));
        }
    }

    private static void assertFound(ScriptedPeer peer) {
        assertThat(peer.expectCommand(CFindRsp.class).status().code()).isEqualTo(0xFF00);
        assertThat(peer.expectCommand(CFindRsp.class).status().isSuccess()).isTrue();
    }

    @Test
    void fragments_of_nothing_without_end_cost_nothing() {
        DicomListener listener = tested.listen();
        Pdv nothing = new Pdv(1, true, false, ByteBuffer.allocate(0));
        byte[] thousand = PduEncoder.encode(new PDataTf(Collections.nCopies(1_000, nothing)));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(VERIFICATION)) {
            for (int i = 0; i < 1_000; i++) {
                peer.send(thousand);
            }
            peer.send(echo(1)).expectCommand(CEchoRsp.class);
        }
        tested.assertServes(listener);
    }

    @Test
    void who_asks_and_never_reads_is_read_no_more_and_given_up() throws IOException {
        Duration idle = Duration.ofSeconds(8);
        DicomListener listener = tested.listen(limits().idle(idle));
        try (SocketChannel peer = SocketChannel.open()) {
            peer.setOption(StandardSocketOptions.SO_RCVBUF, 16_384);
            peer.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), listener.address().getPort()));
            peer.write(ByteBuffer.wrap(PduEncoder.encode(ScriptedPeer.rq(CT1, VERIFICATION))));
            await().atMost(Duration.ofMinutes(1)).until(() -> listener.associations() == 1);

            long taken = writeUntilNothingIsTaken(peer, PduEncoder.encode(echo(1)));

            // what the buffers of sockets hold on both sides, and little more
            assertThat(taken).isLessThan(MAX_TAKEN_BYTES);
            tested.assertServes(listener);
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                tested.timers.expire(idle.dividedBy(4));
                return listener.associations() == 0;
            });
            await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(CLOSE_WAIT) == 1);
            tested.timers.expire(CLOSE_WAIT);
            await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(CLOSE_WAIT) == 0);
        }
    }

    @Test
    void who_goes_on_after_the_end_and_never_reads_is_answered_no_more() throws IOException {
        DicomListener listener = tested.listen();
        byte[] invalid = GoldenPdu.bytes("04 00 00 00 00 06 00 00 00 01 01 03 # PDV of length 1");
        ByteBuffer many = ByteBuffer.allocate(invalid.length * 100_000);
        while (many.hasRemaining()) {
            many.put(invalid);
        }
        try (SocketChannel peer = SocketChannel.open()) {
            peer.setOption(StandardSocketOptions.SO_RCVBUF, 16_384);
            peer.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), listener.address().getPort()));
            peer.write(ByteBuffer.wrap(PduEncoder.encode(ScriptedPeer.rq(new AeTitle("STRANGER"), VERIFICATION))));
            await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(CLOSE_WAIT) == 1);

            many.flip();
            while (many.hasRemaining()) {
                peer.write(many);
            }
            tested.assertServes(listener);
            tested.timers.expire(CLOSE_WAIT);

            long answers = 0;
            ByteBuffer answer = ByteBuffer.allocate(65_536);
            for (int read = readQuietly(peer, answer); read > 0; read = readQuietly(peer, answer.clear())) {
                answers += read;
            }
            // what the buffers of sockets hold, and little more; one A-ABORT for each PDU would be a million bytes
            assertThat(answers).isLessThan(900_000);
        }
        tested.assertServes(listener);
    }

    /** The end of the stream may come by a reset. */
    private static int readQuietly(SocketChannel peer, ByteBuffer into) {
        try {
            return peer.read(into);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
            return -1;
        }
    }

    /** Sends the PDU again and again until the other side takes nothing for a second; returns how many bytes it took. */
    private static long writeUntilNothingIsTaken(SocketChannel peer, byte[] pdu) throws IOException {
        ByteBuffer many = ByteBuffer.allocate(pdu.length * 500);
        while (many.hasRemaining()) {
            many.put(pdu);
        }
        long taken = 0;
        try (Selector selector = Selector.open()) {
            peer.configureBlocking(false);
            peer.register(selector, SelectionKey.OP_WRITE);
            many.flip();
            while (taken < MAX_TAKEN_BYTES && selector.select(1_000) > 0) {
                selector.selectedKeys().clear();
                taken += peer.write(many);
                if (!many.hasRemaining()) {
                    many.rewind();
                }
            }
        }
        return taken;
    }

    private static PDataTf echo(int messageId) {
        byte[] command = CommandCodec.encode(new CEchoRq(messageId, VERIFICATION));
        return new PDataTf(List.of(new Pdv(1, true, true, ByteBuffer.wrap(command))));
    }
}
