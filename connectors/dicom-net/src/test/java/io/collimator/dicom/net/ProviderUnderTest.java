package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.COMMITMENT;
import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.MWL;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.request;
import static io.collimator.dicom.contract.TestPeers.settings;
import static io.collimator.dicom.contract.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collimator.dicom.contract.TestPeers;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.ServiceHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The provider that is put to the test, with what its handlers saw and timers that expire on demand. */
final class ProviderUnderTest implements AutoCloseable {

    final ManualTimers timers = new ManualTimers();
    final NettyDicomProvider provider = new NettyDicomProvider(timers);
    /** Storage commitment requests are not answered before this. */
    final CountDownLatch handlersMayEnd = new CountDownLatch(1);

    final List<String> handled = new ArrayList<>();

    @Override
    public void close() {
        handlersMayEnd.countDown();
        provider.close();
    }

    DicomListener listen() {
        return listen(limits());
    }

    DicomListener listen(TestPeers.Limits limits) {
        return listen(limits, handlers());
    }

    DicomListener listen(TestPeers.Limits limits, ServiceHandlers handlers) {
        return provider.listen(settings(limits.build()), POLICY, handlers);
    }

    void assertServes(DicomListener listener) {
        try (DicomAssociation association = provider.open(request(listener, Uids.Verification))) {
            assertThat(association.echo().isSuccess()).isTrue();
        }
    }

    static void assertAborted(ScriptedPeer peer, int source, int reason) {
        assertThat(peer.expectPdu()).isEqualTo(new Abort(source, reason));
    }

    private ServiceHandlers handlers() {
        return ServiceHandlers.builder()
                .find(MWL, find -> Matches.of(List.of(step("A1", "A^B"))))
                .set(MPPS, set -> {
                    handled.add("set " + set.sopInstance());
                    return NResponse.success();
                })
                .action(COMMITMENT, action -> {
                    await().atMost(Duration.ofMinutes(1)).until(() -> handlersMayEnd.getCount() == 0);
                    handled.add("action");
                    return NResponse.success();
                })
                .build();
    }
}
