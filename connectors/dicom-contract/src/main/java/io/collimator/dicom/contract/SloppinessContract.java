package io.collimator.dicom.contract;

import static io.collimator.dicom.contract.TestPeers.COLLIMATOR;
import static io.collimator.dicom.contract.TestPeers.CT1;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.request;
import static io.collimator.dicom.contract.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.codec.Sloppiness;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dimse.DimseCommand.NSetRq;
import io.collimator.dicom.dimse.DimseCommand.NSetRsp;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.SloppinessReport;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What breaks the standard without hiding the meaning is read, and told with the AE title of who sent it. */
public abstract class SloppinessContract extends ProviderContract {

    private static final Uid INSTANCE = new Uid("1.2.3");

    private record Told(AeTitle peer, Map<Sloppiness, Integer> counts) {}

    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final Queue<DataSet> received = new ConcurrentLinkedQueue<>();
    private final SloppinessReport report = (peer, notes) -> told.add(new Told(
            peer,
            notes.all().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().count()))));

    private DicomListener listenForSteps() {
        return listen(ServiceHandlers.builder()
                .set(MPPS, set -> {
                    received.add(set.modifications());
                    return NResponse.success();
                })
                .build()
                .reporting(report));
    }

    @Test
    void a_sloppy_request_is_served_and_told() {
        DicomListener listener = listenForSteps();
        byte[] oddAndOutOfOrder = {0x10, 0, 0x20, 0, 3, 0, 0, 0, 'P', '-', '1', 0x08, 0, 0x60, 0, 2, 0, 0, 0, 'C', 'T'};

        try (RawPeer peer = new RawPeer(listener).associate(MPPS)) {
            peer.sendCommand(1, new NSetRq(1, MPPS, INSTANCE, true)).sendData(1, true, oddAndOutOfOrder);

            assertThat(((NSetRsp) peer.expectCommand()).status().isSuccess()).isTrue();
        }
        assertThat(received).singleElement().satisfies(set -> {
            assertThat(set.text(Tags.PatientID)).isEqualTo("P-1");
            assertThat(set.text(Tags.Modality)).isEqualTo("CT");
        });
        assertThat(told).containsExactly(new Told(CT1, Map.of(Sloppiness.ODD_LENGTH, 1, Sloppiness.OUT_OF_ORDER, 1)));
    }

    @Test
    void of_a_clean_request_nothing_is_told() {
        DicomListener listener = listenForSteps();

        try (DicomAssociation association = provider().open(request(listener, MPPS))) {
            assertThat(association
                            .set(MPPS, INSTANCE, step("A1", "MÜLLER^JÖRG"))
                            .status()
                            .isSuccess())
                    .isTrue();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void a_sloppy_answer_is_taken_and_told() {
        DataSet tooLong = step("A-LONGER-THAN-SIXTEEN", "A^B");
        DicomListener listener = listen(ServiceHandlers.builder()
                .find(MWL, find -> Matches.of(List.of(tooLong)))
                .build());
        ServiceHandlers listening = ServiceHandlers.none().reporting(report);

        try (DicomAssociation association =
                provider().open(request(listener, CT1, listening, List.of(PresentationContextProposal.scu(MWL))))) {
            assertThat(association.find(MWL, step("", ""), 10).matches()).containsExactly(tooLong);
        }
        assertThat(told).containsExactly(new Told(COLLIMATOR, Map.of(Sloppiness.TOO_LONG, 1)));
    }
}
