package io.collimator.dicom.dcm4che;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.request;
import static io.collimator.dicom.contract.TestPeers.settings;
import static io.collimator.dicom.contract.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.ServiceHandlers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What this module adds to dcm4che's own bounds, seen from peers that need them. */
@Timeout(60)
class BadPeersIT {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int ABORT = 7;
    private static final int ASSOCIATE_AC = 2;

    private final DicomProvider provider = new Dcm4cheProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private DicomListener listen(ServiceHandlers handlers, TestPeers.Limits limits) {
        return provider.listen(settings(limits.build()), POLICY, handlers);
    }

    private static Socket connect(DicomListener listener) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), listener.address().getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static byte[] item(int type, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Of CT1, for Verification in Implicit VR Little Endian. */
    private static byte[] associateRq(int maxPduLength) {
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        context.writeBytes(new byte[] {1, 0, 0, 0});
        context.writeBytes(item(0x30, ascii(Uids.Verification.value())));
        context.writeBytes(item(0x40, ascii(Uids.ImplicitVRLittleEndian.value())));
        byte[] length = ByteBuffer.allocate(4).putInt(maxPduLength).array();
        ByteArrayOutputStream rq = new ByteArrayOutputStream();
        rq.writeBytes(new byte[] {0, 1, 0, 0});
        rq.writeBytes(ascii("%-16s%-16s".formatted(COLLIMATOR, CT1)));
        rq.writeBytes(new byte[32]);
        rq.writeBytes(item(0x10, ascii(Uids.DICOMApplicationContext.value())));
        rq.writeBytes(item(0x20, context.toByteArray()));
        rq.writeBytes(item(0x50, item(0x51, length)));
        return ByteBuffer.allocate(6 + rq.size())
                .put((byte) 1)
                .put((byte) 0)
                .putInt(rq.size())
                .put(rq.toByteArray())
                .array();
    }

    private void assertServes(DicomListener listener) {
        try (DicomAssociation association = provider.open(request(listener, Uids.Verification))) {
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    @Test
    void who_takes_pdus_of_no_length_is_aborted_and_who_takes_all_lengths_is_served() throws IOException {
        DicomListener listener = listen(ServiceHandlers.none(), limits());

        try (Socket tiny = connect(listener);
                Socket boundless = connect(listener)) {
            tiny.getOutputStream().write(associateRq(6));
            boundless.getOutputStream().write(associateRq(0xFFFFFFFF));

            assertThat(tiny.getInputStream().read()).isEqualTo(ABORT);
            assertThat(boundless.getInputStream().read()).isEqualTo(ASSOCIATE_AC);
        }
        assertServes(listener);
    }

    @Test
    void connections_that_say_nothing_starve_nobody() throws IOException {
        DicomListener listener = listen(ServiceHandlers.none(), limits().maxPending(20));
        List<Socket> silent = new ArrayList<>();

        try {
            for (int i = 0; i < 60; i++) {
                silent.add(connect(listener));
            }
            assertServes(listener);
            assertThat(silent.get(0).getInputStream().read()).isEqualTo(-1);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void who_says_nothing_is_cut_off_when_its_time_is_up() throws IOException {
        DicomListener listener = listen(ServiceHandlers.none(), limits().artim(Duration.ofMillis(300)));

        try (Socket silent = connect(listener)) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        assertServes(listener);
    }

    @Test
    void a_peer_that_takes_nothing_of_what_it_asked_for_is_given_up() {
        AtomicBoolean closed = new AtomicBoolean();
        DicomListener listener = listen(
                ServiceHandlers.builder().find(MWL, find -> endless(closed)).build(),
                limits().response(Duration.ofMillis(700)));
        DicomAssociation association = provider.open(request(listener, MWL));

        assertThatThrownBy(() -> association.find(Query.of(MWL, step("", "")), match -> {
                    await().atMost(Duration.ofMinutes(1)).untilTrue(closed);
                    return false;
                }))
                .isInstanceOf(AssociationException.class);

        await().atMost(Duration.ofMinutes(1)).untilTrue(closed);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
        assertServes(listener);
    }

    private static Matches endless(AtomicBoolean closed) {
        DataSet large = Dictionary.dataSet()
                .put(Tags.PatientComments, "x".repeat(10_000))
                .build();
        return new Matches() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public DataSet next() {
                return large;
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    private AssociationRequest requestTo(ServerSocket server) {
        return new AssociationRequest(
                CT1,
                COLLIMATOR,
                "127.0.0.1",
                server.getLocalPort(),
                List.of(PresentationContextProposal.scu(Uids.Verification)),
                ServiceHandlers.none(),
                limits().request(Duration.ofMillis(300)).build());
    }

    private void assertOpeningFails(AssociationRequest request, Kind kind) {
        assertThatThrownBy(() -> provider.open(request))
                .isInstanceOfSatisfying(
                        AssociationException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void the_requestor_is_told_why_there_is_no_association() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertOpeningFails(requestTo(server), Kind.TIMEOUT);
            server.accept().close();

            answer(server, new byte[0]);
            assertOpeningFails(requestTo(server), Kind.CLOSED);

            answer(server, new byte[] {ABORT, 0, 0, 0, 0, 4, 0, 0, 2, 1});
            assertOpeningFails(requestTo(server), Kind.ABORTED);

            AssociationRequest tooLate = requestTo(server);
            server.close();
            assertOpeningFails(tooLate, Kind.CONNECT);
        }
    }

    /** Takes one connection, reads its request and closes it after these bytes. */
    private static void answer(ServerSocket server, byte[] bytes) {
        Thread acceptor = new Thread(() -> {
            try (Socket socket = server.accept()) {
                socket.getInputStream().readNBytes(10);
                socket.getInputStream().skip(socket.getInputStream().available());
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
    }
}
