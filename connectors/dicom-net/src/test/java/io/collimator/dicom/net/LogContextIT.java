package io.collimator.dicom.net;

import static io.collimator.dicom.contract.TestPeers.MPPS;
import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.request;
import static io.collimator.dicom.contract.TestPeers.settings;
import static io.collimator.dicom.contract.TestPeers.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.ServiceHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

@Timeout(60)
class LogContextIT {

    private final NettyDicomProvider provider = new NettyDicomProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void handlers_run_with_association_and_peer_in_the_log_context() {
        AtomicReference<Map<String, String>> context = new AtomicReference<>();
        DicomListener listener = provider.listen(
                settings(limits().build()),
                POLICY,
                ServiceHandlers.builder()
                        .set(MPPS, set -> {
                            context.set(MDC.getCopyOfContextMap());
                            assertThat(context.get())
                                    .containsEntry(
                                            "association", set.association().id());
                            return NResponse.success();
                        })
                        .build());

        try (DicomAssociation association = provider.open(request(listener, MPPS))) {
            NResponse response = association.set(MPPS, new Uid("1.2.3"), step("A", "B"));

            assertThat(response.status().isSuccess()).isTrue();
            assertThat(context.get()).containsEntry("peer", "CT1");
        }
    }
}
