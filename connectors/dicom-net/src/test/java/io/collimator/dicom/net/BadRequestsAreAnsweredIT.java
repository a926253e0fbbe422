package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.ARCHIVE;
import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.step;
import static io.collimator.dicom.net.ProviderUnderTest.assertAborted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand.BareRsp;
import io.collimator.dicom.dimse.DimseCommand.CCancelRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRq;
import io.collimator.dicom.dimse.DimseCommand.CEchoRsp;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRsp;
import io.collimator.dicom.dimse.DimseCommand.NActionRq;
import io.collimator.dicom.dimse.DimseCommand.NActionRsp;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRq;
import io.collimator.dicom.dimse.DimseCommand.NEventReportRsp;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRsp;
import io.collimator.dicom.dimse.DimseCommand.UnrecognizedRq;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.GoldenPdu;
import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdv;
import io.collimator.dicom.net.pdu.ReleaseRp;
import io.collimator.dicom.net.pdu.ReleaseRq;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.ServiceHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What peers ask out of turn, too large or wrongly, and the status or abort that each of it gets. */
@Timeout(60)
class BadRequestsAreAnsweredIT {

    private static final Uid VERIFICATION = Uids.Verification;
    private static final DataSetCodec IMPLICIT =
            new DataSetCodec(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    private final ProviderUnderTest tested = new ProviderUnderTest();

    @AfterEach
    void close() {
        tested.close();
    }

    @Test
    void a_data_set_where_a_command_belongs_is_aborted() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(MWL)) {
            peer.sendDataSet(1, IMPLICIT.encode(step("A1", "")));

            assertAborted(peer, 2, Abort.UNEXPECTED_PDU);
        }
    }

    @Test
    void a_command_that_cannot_be_answered_is_aborted() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(VERIFICATION)) {
            peer.sendCommand(1, GoldenPdu.bytes("00 00 00 01 02 00 00 00 30 00 # C-ECHO-RQ without Message ID"));

            assertAborted(peer, 2, Abort.INVALID_PDU_PARAMETER_VALUE);
        }
    }

    @Test
    void command_and_data_fragments_may_share_a_pdu_and_fragments_may_be_empty() {
        DicomListener listener = tested.listen();
        ByteBuffer command = ByteBuffer.wrap(CommandCodec.encode(new CFindRq(1, MWL, Priority.MEDIUM, true)));
        ByteBuffer identifier = ByteBuffer.wrap(IMPLICIT.encode(step("A1", "")));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(MWL)) {
            peer.send(new PDataTf(List.of(
                    new Pdv(1, true, false, ByteBuffer.allocate(0)),
                    new Pdv(1, true, true, command),
                    new Pdv(1, false, false, identifier.slice(0, 5)),
                    new Pdv(1, false, true, identifier.slice(5, identifier.remaining() - 5)))));

            assertThat(peer.expectCommand(CFindRsp.class).status().code()).isEqualTo(0xFF00);
            assertThat(peer.expectCommand(CFindRsp.class).status().isSuccess()).isTrue();
        }
    }

    @Test
    void requests_that_cannot_be_served_get_the_status_that_says_why() {
        DicomListener listener = tested.listen();
        byte[] garbage = GoldenPdu.bytes("08 00 50 00 FF FF 00 00 41");

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(MWL, MPPS)) {
            peer.sendCommand(1, new UnrecognizedRq(0x0022, 1, MWL, false));
            assertThat(peer.expectCommand(BareRsp.class))
                    .isEqualTo(new BareRsp(0x8022, 1, MWL, null, DimseStatus.of(0x0211), false));

            peer.sendCommand(1, new CFindRq(2, MWL, Priority.MEDIUM, false));
            assertThat(peer.expectCommand(CFindRsp.class).status().code()).isEqualTo(0xC000);

            peer.sendCommand(1, new CFindRq(3, MWL, Priority.MEDIUM, true)).sendDataSet(1, garbage);
            assertThat(peer.expectCommand(CFindRsp.class).status().code()).isEqualTo(0xC000);

            peer.sendCommand(3, new NSetRq(4, MPPS, new Uid("1.2.3"), true)).sendDataSet(3, garbage);
            assertThat(peer.expectCommand(NSetRsp.class).status().code()).isEqualTo(0x0110);

            peer.sendCommand(3, new CFindRq(5, MWL, Priority.MEDIUM, true))
                    .sendDataSet(3, IMPLICIT.encode(step("A", "")));
            assertThat(peer.expectCommand(CFindRsp.class).status().code()).isEqualTo(0x0122);

            peer.sendCommand(1, new NSetRq(6, MPPS, new Uid("1.2.3"), false));
            assertThat(peer.expectCommand(NSetRsp.class).status().code()).isEqualTo(0x0119);

            peer.sendCommand(1, new NSetRq(7, new Uid("1.2.3"), new Uid("1.2.3"), false));
            assertThat(peer.expectCommand(NSetRsp.class).status().code()).isEqualTo(0x0118);

            peer.sendCommand(3, new NActionRq(8, MPPS, new Uid("1.2.3"), 1, false));
            assertThat(peer.expectCommand(NActionRsp.class).status().code()).isEqualTo(0x0211);

            peer.sendCommand(3, new CEchoRq(9, VERIFICATION));
            assertThat(peer.expectCommand(CEchoRsp.class).status().isSuccess()).isTrue();
            assertThat(tested.handled).isEmpty();
        }
    }

    @Test
    void a_data_set_over_the_limit_is_refused_and_not_kept() {
        CodecLimits small = new CodecLimits(1000, 4, 100, 10);
        DicomListener listener = tested.listen(limits().codec(small));

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(MPPS)) {
            peer.sendCommand(1, new NSetRq(1, MPPS, new Uid("1.2.3"), true));
            for (int i = 0; i < 100; i++) {
                peer.send(new PDataTf(List.of(new Pdv(1, false, i == 99, ByteBuffer.allocate(16_000)))));
            }

            assertThat(peer.expectCommand(NSetRsp.class).status().code()).isEqualTo(0x0110);
        }
    }

    @Test
    void an_archive_may_not_ask_what_only_modalities_may() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.send(ScriptedPeer.rq(ARCHIVE, COMMITMENT));
            peer.expect(AssociateAc.class);
            peer.sendCommand(1, new NActionRq(1, COMMITMENT, TestPeers.COMMITMENT_INSTANCE, 1, false));

            assertThat(peer.expectCommand(NActionRsp.class).status().code()).isEqualTo(0x0124);
        }
    }

    @Test
    void an_archive_without_role_item_reports_all_the_same() {
        DicomListener listener = tested.listen(
                limits(),
                ServiceHandlers.builder()
                        .eventReport(COMMITMENT, report -> {
                            tested.handled.add("report " + report.eventTypeId());
                            return NResponse.success();
                        })
                        .build());

        try (ScriptedPeer peer = ScriptedPeer.connect(listener)) {
            peer.send(ScriptedPeer.rq(ARCHIVE, COMMITMENT));
            peer.expect(AssociateAc.class);
            peer.sendCommand(1, new NEventReportRq(1, COMMITMENT, TestPeers.COMMITMENT_INSTANCE, 1, false));

            NEventReportRsp answer = peer.expectCommand(NEventReportRsp.class);
            assertThat(answer.status().isSuccess()).isTrue();
            assertThat(answer.sopClass()).isEqualTo(COMMITMENT);
            assertThat(answer.sopInstance()).isEqualTo(TestPeers.COMMITMENT_INSTANCE);
        }
        assertThat(tested.handled).containsExactly("report 1");
    }

    @Test
    void a_release_waits_until_the_request_before_it_is_answered() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(COMMITMENT)) {
            peer.sendCommand(1, new NActionRq(1, COMMITMENT, TestPeers.COMMITMENT_INSTANCE, 1, false));
            peer.send(new ReleaseRq());
            tested.handlersMayEnd.countDown();

            assertThat(peer.expectCommand(NActionRsp.class).status().isSuccess())
                    .isTrue();
            peer.expect(ReleaseRp.class);
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(listener.associations()).isZero());
    }

    @Test
    void a_message_id_in_use_is_a_duplicate_invocation() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(COMMITMENT)) {
            peer.sendCommand(1, new NActionRq(1, COMMITMENT, TestPeers.COMMITMENT_INSTANCE, 1, false));
            peer.sendCommand(1, new NActionRq(1, COMMITMENT, TestPeers.COMMITMENT_INSTANCE, 1, false));

            assertThat(peer.expectCommand(NActionRsp.class).status().code()).isEqualTo(0x0210);
            tested.handlersMayEnd.countDown();
            assertThat(peer.expectCommand(NActionRsp.class).status().isSuccess())
                    .isTrue();
        }
    }

    @Test
    void a_cancel_for_an_unknown_message_id_is_ignored() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(VERIFICATION)) {
            peer.sendCommand(1, new CCancelRq(99));
            peer.sendCommand(1, new CEchoRq(1, VERIFICATION));

            assertThat(peer.expectCommand(CEchoRsp.class).status().isSuccess()).isTrue();
        }
    }

    @Test
    void requests_in_advance_are_answered_in_order() {
        DicomListener listener = tested.listen();

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(MPPS)) {
            for (int id = 1; id <= 100; id++) {
                peer.sendCommand(1, new NSetRq(id, MPPS, new Uid("1.2." + id), false));
            }
            for (int id = 1; id <= 100; id++) {
                assertThat(peer.expectCommand(NSetRsp.class).messageIdBeingRespondedTo())
                        .isEqualTo(id);
            }
        }
        assertThat(tested.handled).hasSize(100).startsWith("set 1.2.1").endsWith("set 1.2.100");
    }

    @Test
    void a_peer_that_takes_nothing_stops_the_search_and_not_the_others() {
        AtomicInteger pulled = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        DicomListener listener = tested.listen(
                limits().response(Duration.ofMillis(500)).handlers(1, 1),
                ServiceHandlers.builder()
                        .find(MWL, find -> new Matches() {
                            @Override
                            public boolean hasNext() {
                                return true;
                            }

                            @Override
                            public DataSet next() {
                                return Dictionary.dataSet(step("A" + pulled.incrementAndGet(), "A^B"))
                                        .put(Tags.PatientComments, "x".repeat(10_000))
                                        .build();
                            }

                            @Override
                            public void close() {
                                closed.set(true);
                            }
                        })
                        .build());

        try (ScriptedPeer peer = ScriptedPeer.connect(listener).associate(MWL)) {
            peer.sendCommand(1, new CFindRq(1, MWL, Priority.MEDIUM, true))
                    .sendDataSet(1, IMPLICIT.encode(step("", "")));

            await().atMost(Duration.ofMinutes(1)).untilTrue(closed);
            tested.assertServes(listener);
        }
        // what the sockets' buffers hold and little more: nothing was piled up
        assertThat(pulled.get()).isLessThan(5_000);
    }
}
