package io.collimator.engine.wiring;

import io.collimator.camel.allow.RouteFile;
import io.collimator.camel.dicom.DicomConstants;
import io.collimator.camel.dicom.DicomServer;
import io.collimator.camel.dicom.PeerDirectory;
import io.collimator.camel.hl7.MllpTransport;
import io.collimator.camel.watch.RouteListener;
import io.collimator.camel.watch.RouteWatch;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.dispatch.ArchiveLink;
import jakarta.jms.ConnectionFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Camel with our components and beans, running the home's routes. */
final class CamelRuntime implements ArchiveLink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CamelRuntime.class);
    private static final int SHUTDOWN_SECONDS = 10;

    private final Main main = new Main();
    private final MllpTransport mllp;
    private final DicomServer dicom;
    private final Duration reportTimeout;

    /** One for the whole life: its producer holds the associations on which the archive may still report. */
    private volatile @Nullable ProducerTemplate archiveTemplate;

    /** What routes stand on. */
    record Ground(
            MllpTransport mllp,
            DicomServer dicom,
            ApplicationEntities peers,
            ConnectionFactory jms,
            Duration archiveReportTimeout,
            RouteListener routes) {}

    CamelRuntime(HomeContents contents, Ground ground, Map<String, String> properties) {
        this.mllp = ground.mllp();
        this.dicom = ground.dicom();
        this.reportTimeout = ground.archiveReportTimeout();
        Properties placeholders = new Properties();
        placeholders.putAll(properties);
        main.setOverrideProperties(placeholders);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure()
                .withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false)
                .withAutoConfigurationLogSummary(false)
                .withRoutesCollectorEnabled(false)
                .withRoutesReloadEnabled(false)
                .withJmxEnabled(false)
                .withShutdownTimeout(SHUTDOWN_SECONDS)
                .withShutdownLogInflightExchangesOnTimeout(false)
                .withName("collimator");
        main.configure().setStartupSummaryLevel(StartupSummaryLevel.Off);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                prepare(support.getCamelContext(), ground);
            }

            @Override
            public void afterConfigure(BaseMainSupport support) {
                load(support.getCamelContext(), contents.routesToRun());
            }
        });
    }

    /** Publishes a bean under the name that routes use. */
    void publish(String name, Object bean) {
        main.bind(name, bean);
    }

    private static void prepare(CamelContext context, Ground ground) {
        context.setLogExhaustedMessageBody(false);
        context.getRegistry().bind("dicomServer", DicomServer.class, ground.dicom());
        context.getRegistry().bind("peerDirectory", PeerDirectory.class, directory(ground.peers()));
        new RouteWatch(ground.routes()).install(context);
        ground.mllp().install(context);
        JmsComponent jms = JmsComponent.jmsComponent(ground.jms());
        context.addComponent("jms", jms);
    }

    private static void load(CamelContext context, List<RouteFile> files) {
        for (RouteFile file : files) {
            try {
                PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(file.name(), file.text()));
            } catch (Exception e) {
                throw new IllegalStateException("%s: %s".formatted(file.name(), rootMessage(e)), e);
            }
        }
    }

    private static PeerDirectory directory(ApplicationEntities peers) {
        return title -> peers.find(title)
                .filter(ApplicationEntity::isReachable)
                .map(entity -> new PeerDirectory.PeerAddress(entity.host(), entity.port()));
    }

    /**
     * Starts the routes, then the DICOM listener.
     *
     * @throws StartException when a route cannot be built or started
     */
    void start() {
        try {
            main.start();
            archiveTemplate = main.getCamelContext().createProducerTemplate();
        } catch (Exception e) {
            throw new StartException("The routes cannot be started: " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
    }

    /** The routes that should run and do not, by id. */
    List<String> notRunning() {
        CamelContext context = main.getCamelContext();
        return context.getRoutes().stream()
                .filter(Route::isAutoStartup)
                .map(Route::getRouteId)
                .filter(route ->
                        !context.getRouteController().getRouteStatus(route).isStarted())
                .toList();
    }

    /** Where routes take HL7; only those that run. */
    List<InetSocketAddress> mllpListeners() {
        CamelContext context = main.getCamelContext();
        return context.getRoutes().stream()
                .filter(route -> context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .map(Route::getEndpoint)
                .filter(NettyEndpoint.class::isInstance)
                .map(endpoint -> ((NettyEndpoint) endpoint).getConfiguration())
                .map(netty -> InetSocketAddress.createUnresolved(netty.getHost(), netty.getPort()))
                .toList();
    }

    @Override
    public void requestCommitment(AeTitle archive, DataSet actionInformation) {
        ProducerTemplate template = archiveTemplate;
        if (template == null) {
            throw new IllegalStateException("The archive cannot be asked before the routes have started.");
        }
        Exchange exchange = template.request(
                "dicom:commitment?calledAeTitle=RAW(%s)&reportTimeout=%d".formatted(archive, reportTimeout.toMillis()),
                request -> request.getMessage().setBody(actionInformation));
        Exception failure = exchange.getException();
        if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure != null) {
            throw new IllegalStateException("The archive cannot be asked.", failure);
        }
        LOG.debug("{} answered {}", archive, exchange.getMessage().getHeader(DicomConstants.STATUS));
    }

    /** Takes nothing new and lets what is in flight end; a bounded time. */
    void drain() {
        dicom.close();
        try {
            if (!mllp.drain(Duration.ofSeconds(SHUTDOWN_SECONDS))) {
                LOG.warn(
                        "Some messages were not answered within {} s; their senders will repeat them",
                        SHUTDOWN_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        main.stop();
    }
}
