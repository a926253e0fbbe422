package io.collimator.engine.wiring;

import io.collimator.camel.dicom.DicomServer;
import io.collimator.camel.hl7.MllpTransport;
import io.collimator.camel.watch.RouteListener;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.engine.config.DataFolder;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Problem;
import io.collimator.engine.config.Secrets;
import io.collimator.engine.console.ConsoleException;
import io.collimator.engine.console.ConsoleSources;
import io.collimator.engine.console.HttpConsole;
import io.collimator.engine.console.LoginAlarm;
import io.collimator.engine.console.LoginAttempts;
import io.collimator.engine.console.PeerSources;
import io.collimator.engine.console.Readiness;
import io.collimator.engine.destination.DestinationAlarm;
import io.collimator.engine.destination.Destinations;
import io.collimator.engine.destination.SendingTurns;
import io.collimator.engine.dispatch.Dispatch;
import io.collimator.engine.dispatch.Forgetting;
import io.collimator.engine.health.BrokerProbe;
import io.collimator.engine.health.DatabaseProbe;
import io.collimator.engine.health.FailingRoutes;
import io.collimator.engine.health.ListenerProbe;
import io.collimator.engine.intake.OpenAssociations;
import io.collimator.engine.intake.RefusedMessages;
import io.collimator.engine.intake.StatedAuthorities;
import io.collimator.engine.intake.TransliterationMarks;
import io.collimator.engine.messaging.Broker;
import io.collimator.engine.messaging.BrokerCheck;
import io.collimator.engine.messaging.DeadLetterWatch;
import io.collimator.engine.messaging.DeadLetters;
import io.collimator.engine.messaging.OutboxRelay;
import io.collimator.engine.messaging.OutgoingMessages;
import io.collimator.engine.messaging.Queues;
import io.collimator.engine.messaging.RecordedDeliveries;
import io.collimator.engine.messaging.RefusedNotices;
import io.collimator.engine.messaging.Resending;
import io.collimator.engine.metrics.MetricSources;
import io.collimator.engine.metrics.Metrics;
import io.collimator.engine.metrics.OutboxGauge;
import io.collimator.engine.metrics.QueueDepth;
import io.collimator.engine.peers.PeerEcho;
import io.collimator.engine.peers.RejectedPeers;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseKind;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.usecase.ForgetFinished;
import io.collimator.workflow.usecase.RefillBroker;
import jakarta.jms.ConnectionFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that runs, opened in one order and closed in the other. */
final class EngineRoom implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRoom.class);

    private final Closing closing;
    private final HomeContents contents;
    private final EngineAddresses addresses;
    private final boolean demo;
    private final Clock clock;
    private final Identifiers identifiers;
    private final Database database;
    private final Broker broker;
    private final SignallingTransactions transactions;
    private final TransactionsByWork byWork;
    private final ConnectionFactory jms;
    private final DicomProvider provider;
    private final UseCases useCases;
    private final Reloading reloading;
    private final Metrics metrics = new Metrics();
    private final RefusedNotices refusals = new RefusedNotices();
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private EngineRoom(Closing closing, HomeContents contents, Place place, EngineOptions options) {
        EngineSettings settings = contents.settings();
        EngineParts parts = options.parts();
        this.closing = closing;
        this.contents = contents;
        this.addresses = place.addresses();
        this.demo = options.demo();
        this.clock = parts.clock();
        this.identifiers = new RandomIdentifiers(clock, new SecureRandom());
        this.database = closing.add(Stores.open(settings, clock, failure::complete));
        this.transactions = new SignallingTransactions(parts.transactions().apply(database.transactions()));
        this.broker = closing.add(
                Stores.startBroker(settings.jms(), addresses.jms().getPort(), place.folder(), place.secrets()));
        this.jms = parts.jms().apply(broker.connections());
        this.provider =
                closing.add(parts.dicom().apply(settings.dicom().provider().create()));
        this.byWork = TransactionsByWork.of(transactions, settings.database());
        this.useCases = UseCases.of(
                settings,
                new UseCases.Ground(
                        byWork,
                        clock,
                        identifiers,
                        new ArchiveTrust(settings.archive().archive(), contents.archives(), contents.peers(), demo),
                        contents.peers()::mayQueryWorklist,
                        contents.peers()::isSame));
        this.reloading = Reloading.of(contents, transactions, useCases.renameAuthorities(), clock);
    }

    /** Where state lies and listeners stand. */
    private record Place(DataFolder folder, EngineAddresses addresses, Secrets secrets) {}

    static EngineRoom open(EngineOptions options) {
        Reloading.finishInterruptedChange(options);
        HomeContents contents = HomeContents.load(options.home(), options.environment(), options.overrides());
        EngineSettings settings = contents.settings();
        Closing closing = new Closing();
        try {
            DataFolder folder = closing.add(DataFolder.open(settings.dataFolder()));
            Secrets secrets = new Secrets(new SecureRandom());
            String adminPassword = secrets.resolve(settings.http().adminPassword(), folder.resolve("admin.password"));
            Place place = new Place(folder, EngineAddresses.claim(settings), secrets);
            EngineRoom room = new EngineRoom(closing, contents, place, options);
            room.run(adminPassword);
            return room;
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private void run(String adminPassword) {
        OutboxRelay relay = closing.add(new OutboxRelay(
                transactions.unsignalled(),
                jms,
                identifiers.newId(),
                settings().jms().relay(),
                clock));
        RefusedMessages refused = new RefusedMessages(useCases.recordRefusal());
        DicomServer dicom = new DicomServer(
                provider,
                listener(),
                contents.peers().reporting(new RejectedPeers(contents.peers(), metrics.rejections(), clock)),
                (peer, notes) -> contents.peers()
                        .find(peer)
                        .ifPresent(entity -> metrics.sloppiness().count(entity.title(), notes)));
        Destinations destinations = new Destinations(this::alarmAfter, clock);
        RecordedDeliveries deliveries = new RecordedDeliveries(
                useCases.recordDelivery(),
                metrics.deliveries(),
                destinations,
                new SendingTurns.Pauses(
                        settings().forwarding().retry(), settings().forwarding().maxRetry()),
                clock);
        FailingRoutes failingRoutes = new FailingRoutes(clock);
        MllpTransport mllp = Mllp.transport(settings(), refused, new Mllp.Names(clock, identifiers));
        CamelRuntime camel =
                closing.add(camel(mllp, dicom, new RouteListeners(List.of(destinations, failingRoutes, refusals))));
        OpenAssociations associations = new OpenAssociations();
        Forgetting forgetting = new Forgetting(
                new ForgetFinished(
                        transactions.unsignalled(),
                        clock,
                        settings().retention().keptFor(settings().hl7().retention())),
                clock);
        TransliterationMarks transliterations = closing.add(new TransliterationMarks(useCases.recordTransliteration()));
        ArchiveDestinations archives = ArchiveDestinations.of(contents, destinations);
        Dispatch dispatch = closing.add(dispatch(associations, camel, archives, forgetting));
        database.answerTime().asLongAsItTakes(() -> {
            reloading.changes().recordStart();
            return Boolean.TRUE;
        });
        Beans.publish(
                camel,
                useCases,
                new Beans.Surroundings(
                        contents,
                        reloading.running(),
                        metrics,
                        clock,
                        refused,
                        database.answerTime(),
                        associations,
                        deliveries,
                        transliterations,
                        dispatch::wake));
        noteBroker();
        transactions.afterCommit(relay::wake);
        relay.start();
        closing.add(camel::drain);
        closing.add(deliveries);
        // before the first message is taken
        useCases.heldLines()
                .paused()
                .keySet()
                .forEach(queue -> deliveries.turns(queue).pause(true));
        camel.start();
        listen(dicom);
        dispatch.start();
        transliterations.start();
        closing.add(new Resending(useCases.heldLines(), deliveries, destinations, jms, this::parkAfter, clock))
                .start();
        OutboxGauge outbox = new OutboxGauge(transactions, clock);
        BrokerCheck brokerCheck = new BrokerCheck(jms, Queues.of(settings().jms()));
        WaitingMessages waiting =
                new WaitingMessages(destinations, archives, broker, brokerCheck, transactions.unsignalled());
        closing.add(new DestinationAlarm(destinations, useCases.recordWaitingDelivery(), waiting::isNothing, clock))
                .start();
        metrics.observe(new MetricSources(
                mllp::connections,
                mllp::heldBytes,
                mllp::crowdedOut,
                mllp::losses,
                () -> !relay.status().isWorking(),
                broker::depths,
                outbox,
                useCases.queryWorklist()::hidden,
                reloading.changes()::runningVersion,
                destinations::statuses,
                forgetting::forgotten,
                database::bytes,
                settings().dataFolder(),
                clock));
        show(
                adminPassword,
                new OutgoingMessages(
                        destinations,
                        deliveries,
                        useCases.heldLines(),
                        new DeadLetters(jms, refusals::of),
                        destination -> waiting.of(destination)
                                .map(QueueDepth::messages)
                                .orElse(null)),
                new EngineHealth()
                        .part(
                                "database",
                                new DatabaseProbe(
                                        transactions.unsignalled(),
                                        database::trouble,
                                        database.kind().label(),
                                        clock))
                        .routes(camel::notRunning, failingRoutes)
                        .part("mllp", new ListenerProbe(camel::mllpListeners, "The MLLP listener takes connections."))
                        .part(
                                "dicom",
                                new ListenerProbe(
                                        () -> dicom.associations().isPresent() ? List.of(addresses.dicom()) : List.of(),
                                        "The DICOM listener takes associations; provider: %s."
                                                .formatted(settings()
                                                        .dicom()
                                                        .provider()
                                                        .name())))
                        .part("broker", new BrokerProbe(brokerCheck, broker::isDiskFull))
                        .notices(relay, outbox)
                        .retention(forgetting)
                        .destinations(destinations, waiting)
                        .warnings(warnings()));
    }

    private void noteBroker() {
        broker.identity()
                .filter(found -> useCases.recordBroker().started(found.nodeId(), found.hasNewJournal()))
                .ifPresent(
                        lost -> LOG.warn(
                                "The journal of the embedded broker is not the one that notices were sent to before: what waited on its queues is not there, and nothing is put back by itself. Run \"collimator out refill\", which sends again what receivers have not accepted."));
    }

    private Duration alarmAfter(String destination) {
        if (ArchiveDestinations.isOne(destination, contents)) {
            return settings().archive().alarmAfter();
        }
        return switch (destination) {
            case Destinations.STATUS_DELIVERY -> settings().statusDelivery().alarmAfter();
            case Destinations.RESULTS_DELIVERY -> settings().resultsDelivery().alarmAfter();
            default ->
                settings()
                        .receivers()
                        .named(destination)
                        .map(receiver -> receiver.patience().alarmAfter())
                        .orElse(settings().forwarding().alarmAfter());
        };
    }

    private Duration parkAfter(String destination) {
        return switch (destination) {
            case Destinations.STATUS_DELIVERY -> settings().statusDelivery().parkAfter();
            case Destinations.RESULTS_DELIVERY -> settings().resultsDelivery().parkAfter();
            default ->
                settings()
                        .receivers()
                        .named(destination)
                        .map(receiver -> receiver.patience().parkAfter())
                        .orElse(settings().forwarding().parkAfter());
        };
    }

    private ListenerSettings listener() {
        return new ListenerSettings(
                settings().dicom().aeTitle(),
                addresses.dicom().getHostString(),
                addresses.dicom().getPort(),
                settings().dicom().limits());
    }

    private CamelRuntime camel(MllpTransport mllp, DicomServer dicom, RouteListener routes) {
        return new CamelRuntime(
                contents,
                new CamelRuntime.Ground(
                        mllp, dicom, contents.peers(), jms, settings().archive().reportTimeout(), routes),
                RouteProperties.of(settings(), addresses));
    }

    private Dispatch dispatch(
            OpenAssociations associations, CamelRuntime camel, ArchiveDestinations archives, Forgetting forgetting) {
        return new Dispatch(
                useCases.custody(),
                new Dispatch.Peers(
                        provider,
                        contents.peers(),
                        settings().dicom().aeTitle(),
                        settings().dicom().limits(),
                        associations,
                        camel,
                        archives::of),
                new Dispatch.Pace(
                        settings().archive().poll(),
                        forgetting,
                        new DeadLetterWatch(jms, useCases.recordUndeliveredNotice(), refusals::of)));
    }

    private static void listen(DicomServer dicom) {
        try {
            dicom.start();
        } catch (AssociationException e) {
            throw new StartException(
                    "%s Set collimator.dicom.port or collimator.dicom.bind-address.".formatted(e.getMessage()), e);
        }
    }

    private void show(String adminPassword, OutgoingMessages outgoing, EngineHealth health) {
        Readiness readiness = closing.add(health.readiness(database.kind().acknowledgementSurvives(), clock));
        readiness.start();
        LoginAttempts logins = new LoginAttempts(metrics.logins(), clock);
        closing.add(new LoginAlarm(logins, useCases.recordLoginFailures())).start();
        HttpConsole console = new HttpConsole(
                settings().http().withPort(addresses.http().getPort()),
                adminPassword,
                new ConsoleSources(
                        useCases.viewAccession()::view,
                        new StatedAuthorities(reloading.running())::of,
                        byWork.console(),
                        useCases.searchWorklist(),
                        readiness,
                        metrics::text,
                        reloading.changes(),
                        useCases.assignStation()::assign,
                        useCases.correctPatients(),
                        peers(),
                        new RefillBroker(
                                transactions,
                                broker.isEmbedded(),
                                Queues.of(settings().jms()),
                                clock)::refill,
                        logins,
                        outgoing),
                database.answerTime());
        try {
            console.start();
        } catch (ConsoleException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        closing.add(console);
    }

    private PeerSources peers() {
        PeerEcho echo = new PeerEcho(
                provider, settings().dicom().aeTitle(), settings().dicom().limits(), clock);
        return new PeerSources(
                contents.peers(), echo::echo, metrics.sloppiness()::of, metrics.characterSetFallbacks()::of);
    }

    private List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>(Listeners.warnings(settings()));
        // in the demo the simulated archive is meant
        contents.warnings().stream()
                .filter(warning -> !demo || !ArchiveTrust.isAbout(warning))
                .forEach(warnings::add);
        warnings.addAll(contents.failedTrials());
        broker.leftBehind()
                .forEach(
                        left -> warnings.add(
                                new Problem(
                                        "the broker",
                                        0,
                                        left.queue(),
                                        left.messages() + " messages",
                                        "wait on a queue that is neither in config/receivers.yaml nor in collimator.jms.queues any more. Name it again until they are delivered, or take them away.")));
        warnings.forEach(warning -> LOG.warn("{}", warning));
        return warnings;
    }

    EngineSettings settings() {
        return contents.settings();
    }

    EngineAddresses addresses() {
        return addresses;
    }

    DatabaseKind databaseKind() {
        return database.kind();
    }

    String jmsUrl() {
        return broker.url();
    }

    /** Completed with the reason when the engine cannot go on. */
    CompletableFuture<String> failure() {
        return failure;
    }

    @Override
    public void close() {
        closing.close();
    }
}
