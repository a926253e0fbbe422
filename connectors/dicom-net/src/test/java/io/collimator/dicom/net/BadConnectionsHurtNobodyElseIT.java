package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.net.ProviderUnderTest.assertAborted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.net.pdu.UserInformation;
import io.collimator.dicom.service.DicomListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What peers do wrong below the messages, byte by byte: the connection ends, and nobody else notices. */
@Timeout(60)
class BadConnectionsHurtNobodyElseIT {

    private static final Uid VERIFICATION = Uids.Verification;

    private final ProviderUnderTest tested = new ProviderUnderTest();

    @AfterEach
    void close() {
        tested.close();
    }

    @Test
    void a_browser_is_aborted_and_closed_at_once() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer browser = ScriptedPeer.connect(listener)) {
            browser.send("GET / HTTP/1.1\r\nHost: collimator\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertAborted(browser, 2, Abort.UNRECOGNIZED_PDU);
            browser.expectEnd(Duration.ofMinutes(1));
        }
        tested.assertServes(listener);
    }

    @Test
    void a_length_of_4_gib_is_aborted_and_closed_at_once() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.send(GoldenPdu.bytes("01 00 FF FF FF FF 00 01"));

            assertAborted(peer, 2, Abort.INVALID_PDU_PARAMETER_VALUE);
            peer.expectEnd(Duration.ofMinutes(1));
        }
        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(VERIFICATION)) {
            peer.send(GoldenPdu.bytes("04 00 FF FF FF FF 00 01"));

            assertAborted(peer, 2, Abort.INVALID_PDU_PARAMETER_VALUE);
            peer.expectEnd(Duration.ofMinutes(1));
        }
        tested.assertServes(listener);
    }

    @Test
    void silent_connections_starve_no_registered_peer() {
        Duration artim = Duration.ofSeconds(7);
        DicomListener listener = tested.listen(limits().maxPending(256).artim(artim));
        List<ScriptedPeer> silent = new ArrayList<>();
        silent.add(ScriptedPeer.connect(listener));
        // so that it surely is the oldest: connections are taken up by several threads
        await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(artim) == 1);

        for (int i = 1; i < 300; i++) {
            ScriptedPeer peer = ScriptedPeer.connect(listener);
            silent.add(i % 2 == 0 ? peer : peer.send(GoldenPdu.bytes("01 00 00 00 01 00")));
        }

        tested.assertServes(listener);
        silent.get(0).expectEnd();
        silent.get(299).send(PduEncoder.encode(new ReleaseRq()));
        silent.forEach(ScriptedPeer::close);
    }

    @Test
    void a_silent_connection_is_closed_when_artim_expires() {
        Duration artim = Duration.ofSeconds(7);
        DicomListener listener = tested.listen(limits().artim(artim));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(artim) == 1);
            tested.timers.expire(artim);

            peer.expectEnd();
        }
    }

    @Test
    void who_does_not_close_after_a_rejection_is_closed() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.send(ScriptedPeer.rq(COLLIMATOR, VERIFICATION));
            assertThat(peer.expectPdu()).isEqualTo(AssociateRj.CALLING_AE_TITLE_NOT_RECOGNIZED);
            await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(Duration.ofSeconds(5)) == 1);
            tested.timers.expire(Duration.ofSeconds(5));

            peer.expectEnd();
        }
    }

    @Test
    void a_rejection_is_one_line_in_the_log_that_says_what_to_do() {
        DicomListener listener = tested.listen();
        Logger logger = (Logger) LoggerFactory.getLogger("io.collimator.dicom.net");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.send(ScriptedPeer.rq(new AeTitle("CT9"), VERIFICATION));
            peer.expect(AssociateRj.class);
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> !log.list.isEmpty());
        logger.detachAppender(log);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("1/1/3")
                .contains("calling AE title CT9 is not registered; add it to config/application-entities.yaml");
    }

    @Test
    void another_protocol_version_is_rejected() {
        DicomListener listener = tested.listen();
        AssociateRq known = ScriptedPeer.rq(CT1, VERIFICATION);

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.send(new AssociateRq(
                    2, COLLIMATOR, CT1, known.applicationContext(), known.contexts(), UserInformation.absent()));

            assertThat(peer.expectPdu()).isEqualTo(AssociateRj.PROTOCOL_VERSION_NOT_SUPPORTED);
        }
    }

    @Test
    void an_association_without_traffic_is_aborted() {
        Duration idle = Duration.ofSeconds(8);
        DicomListener listener = tested.listen(limits().idle(idle));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(VERIFICATION)) {
            for (int look = 0; look < 4; look++) {
                await().atMost(Duration.ofMinutes(1)).until(() -> tested.timers.waiting(idle.dividedBy(4)) == 1);
                tested.timers.expire(idle.dividedBy(4));
            }

            assertAborted(peer, 0, 0);
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    @Test
    void a_second_request_on_an_association_is_aborted() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(VERIFICATION)) {
            peer.send(ScriptedPeer.rq(CT1, VERIFICATION));

            assertAborted(peer, 2, Abort.UNEXPECTED_PDU);
        }
    }

    @Test
    void data_before_an_association_is_aborted() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.sendCommand(1, new CEchoRq(1, VERIFICATION));

            assertAborted(peer, 0, 0);
        }
    }

    @Test
    void data_on_a_context_that_was_not_accepted_is_aborted() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(VERIFICATION, Uids.CTImageStorage)) {
            peer.sendCommand(3, new CEchoRq(1, VERIFICATION));

            assertAborted(peer, 2, Abort.UNEXPECTED_PDU_PARAMETER);
        }
    }

    @Test
    void input_split_at_any_byte_and_several_pdus_in_one_packet_change_nothing() {
        DicomListener listener = tested.listen();
        byte[] echo = PduEncoder.encode(new PDataTf(
                List.of(new Pdv(1, true, true, ByteBuffer.wrap(CommandCodec.encode(new CEchoRq(7, null)))))));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            for (byte b : PduEncoder.encode(ScriptedPeer.rq(CT1, VERIFICATION))) {
                peer.send(b);
            }
            peer.expect(AssociateAc.class);
            for (int split = 1; split < echo.length; split++) {
                peer.send(Arrays.copyOfRange(echo, 0, split));
                peer.send(Arrays.copyOfRange(echo, split, echo.length));
                assertThat(peer.expectCommand(CEchoRsp.class).messageIdBeingRespondedTo())
                        .isEqualTo(7);
            }
            byte[] both = Arrays.copyOf(echo, echo.length * 2);
            System.arraycopy(echo, 0, both, echo.length, echo.length);
            peer.send(both);
            peer.expectCommand(CEchoRsp.class);
            peer.expectCommand(CEchoRsp.class);
        }
    }

    @Test
    void garbage_never_kills_the_listener() {
        DicomListener listener = tested.listen();
        Random random = new Random(20260101);
        List<byte[]> seeds = List.of(
                PduEncoder.encode(ScriptedPeer.rq(CT1, VERIFICATION, MWL, MPPS)),
                GoldenPdu.read("p-data-tf"),
                GoldenPdu.read("a-release-rq"),
                GoldenPdu.read("a-abort"),
                GoldenPdu.read("a-associate-ac"));

        for (int i = 0; i < 300; i++) {
            try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
                if (i % 3 != 0) {
                    peer.associate(VERIFICATION, MWL, MPPS);
                }
                byte[] mutant = seeds.get(random.nextInt(seeds.size())).clone();
                for (int flips = random.nextInt(6); flips > 0; flips--) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
                }
                peer.send(mutant);
            }
        }

        tested.assertServes(listener);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }
}
