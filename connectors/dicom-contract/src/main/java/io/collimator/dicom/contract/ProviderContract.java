package io.collimator.dicom.contract;

import static io.collimator.dicom.contract.TestPeers.POLICY;
import static io.collimator.dicom.contract.TestPeers.limits;
import static io.collimator.dicom.contract.TestPeers.settings;

import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ServiceHandlers;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A provider that talks to itself over real sockets; a new one for each test. */
@Timeout(60)
public abstract class ProviderContract {

    // set before each test
    @SuppressWarnings("NullAway.Init")
    private DicomProvider provider;

    /** Makes the provider that is put to the test. */
    protected abstract DicomProvider newProvider();

    /** What the provider does in another way; empty unless overridden, which takes a reason beside it. */
    protected Set<Difference> differences() {
        return Set.of();
    }

    @BeforeEach
    void openProvider() {
        provider = newProvider();
    }

    @AfterEach
    void closeProvider() {
        provider.close();
    }

    /** The provider of this test. */
    protected DicomProvider provider() {
        return provider;
    }

    /** A listener of COLLIMATOR with the usual limits. */
    protected DicomListener listen(ServiceHandlers handlers) {
        return listen(handlers, limits());
    }

    /** A listener of COLLIMATOR. */
    protected DicomListener listen(ServiceHandlers handlers, TestPeers.Limits limits) {
        return provider.listen(settings(limits.build()), POLICY, handlers);
    }
}
