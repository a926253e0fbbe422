package io.collimator.camel.dicom;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** The {@code dicom:} component; takes its {@link DicomServer} and {@link PeerDirectory} from the registry. */
@Component("dicom")
public final class DicomComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DicomOperation operation = DicomOperation.ofPath(remaining)
                .orElseThrow(() ->
                        new IllegalArgumentException("dicom:%s is unknown; consume one of %s, or send to one of %s."
                                .formatted(remaining, DicomOperation.paths(true), DicomOperation.paths(false))));
        DicomEndpoint endpoint = new DicomEndpoint(
                uri,
                this,
                operation,
                new DicomEndpoint.Wiring(required(DicomServer.class), required(PeerDirectory.class)));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private <T> T required(Class<T> type) {
        @Nullable T bean = CamelContextHelper.findSingleByType(getCamelContext(), type);
        if (bean == null) {
            throw new IllegalStateException(
                    "The dicom component needs exactly one %s in the registry; bind it before Camel starts."
                            .formatted(type.getSimpleName()));
        }
        return bean;
    }
}
