package io.collimator.camel.dicom;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.ServiceRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A Camel context with YAML routes and one listener, a modality CT1 and an archive, all over real sockets. */
final class Hospital implements AutoCloseable {

    static final AeTitle COLLIMATOR = new AeTitle("COLLIMATOR");
    static final AeTitle CT1 = new AeTitle("CT1");
    static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");

    final DefaultCamelContext context = new DefaultCamelContext();
    final DicomProvider provider = new NettyDicomProvider();
    final DicomServer server;
    private final Map<AeTitle, PeerDirectory.PeerAddress> addresses = new ConcurrentHashMap<>();
    private int port;

    /** A step of a route, in Java. */
    @FunctionalInterface
    public interface Step {
        void run(Exchange exchange) throws Exception;
    }

    Hospital(String routes, Step step) throws Exception {
        server = new DicomServer(provider, settings(COLLIMATOR), new Policy());
        PeerDirectory directory = aeTitle -> Optional.ofNullable(addresses.get(aeTitle));
        context.getRegistry().bind("dicomServer", server);
        context.getRegistry().bind("peers", directory);
        context.getRegistry().bind("intake", Step.class, step);
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(5);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", routes));
        context.start();
    }

    static Hospital open(String routes, Step step) throws Exception {
        Hospital hospital = new Hospital(routes, step);
        hospital.port = hospital.server.start().getPort();
        return hospital;
    }

    /** A route from one endpoint through one step. */
    static String route(String uri, String steps) {
        return """
                - route:
                    id: %s
                    description: Under test.
                    from:
                      uri: "%s"
                      steps:
                """.formatted(uri.replace(':', '-'), uri) + steps.indent(12);
    }

    static final String INTAKE = "- bean: {ref: intake, method: run}\n";

    private static ListenerSettings settings(AeTitle aeTitle) {
        return new ListenerSettings(aeTitle, "127.0.0.1", 0, DicomLimits.defaults());
    }

    /** CT1 calls us. */
    DicomAssociation call(Uid sopClass) {
        return call(CT1, PresentationContextProposal.scu(sopClass));
    }

    DicomAssociation call(AeTitle calling, PresentationContextProposal context) {
        return provider.open(new AssociationRequest(
                calling,
                COLLIMATOR,
                "127.0.0.1",
                port,
                List.of(context),
                ServiceHandlers.none(),
                DicomLimits.defaults()));
    }

    /** An archive that we may call. */
    DicomListener archive(ServiceHandlers handlers) {
        DicomListener listener = provider.listen(
                settings(ARCHIVE),
                new PeerPolicy() {
                    @Override
                    public boolean isRegistered(AeTitle calling) {
                        return true;
                    }

                    @Override
                    public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
                        // SCP of what a C-GET brings
                        return Set.of(ServiceRole.SCU, ServiceRole.SCP);
                    }
                },
                handlers);
        register(ARCHIVE, listener.address().getPort());
        return listener;
    }

    /** A peer that we may call. */
    void register(AeTitle title, int peerPort) {
        addresses.put(title, new PeerDirectory.PeerAddress("127.0.0.1", peerPort));
    }

    @Override
    public void close() {
        server.close();
        context.stop();
        provider.close();
    }

    private static final class Policy implements PeerPolicy {
        @Override
        public boolean isRegistered(AeTitle calling) {
            return true;
        }

        @Override
        public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
            return Set.of(calling.equals(ARCHIVE) ? ServiceRole.SCP : ServiceRole.SCU);
        }
    }
}
