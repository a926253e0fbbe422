package io.collimator.engine.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.DicomProviderFactory;
import io.collimator.engine.cli.view.AccessionText;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Home;
import io.collimator.engine.wiring.Engine;
import io.collimator.engine.wiring.EngineOptions;
import io.collimator.engine.wiring.EngineParts;
import io.collimator.hl7.mllp.MllpClientSettings;
import io.collimator.simulators.PeerAddress;
import io.collimator.simulators.archive.ArchiveSimulator;
import io.collimator.simulators.modality.ModalityEvent.CommitmentRequested;
import io.collimator.simulators.modality.ModalityEvent.ReportReceived;
import io.collimator.simulators.modality.ModalitySettings;
import io.collimator.simulators.modality.ModalitySimulator;
import io.collimator.simulators.modality.PerformedSeries;
import io.collimator.simulators.modality.PerformedStep;
import io.collimator.simulators.modality.WorklistItem;
import io.collimator.simulators.modality.WorklistQuery;
import io.collimator.simulators.ris.RisSettings;
import io.collimator.simulators.ris.RisSimulator;
import io.collimator.simulators.ris.SimulatedOrder;
import io.collimator.simulators.ris.SimulatedOrder.OrderControl;
import io.collimator.simulators.ris.SimulatedOrder.SimulatedPatient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One exam: order, worklist, performed step, commitment; each fact is taken from where an outsider would see it. */
public final class Demo {

    private static final AeTitle STATION = new AeTitle("CT1");
    private static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");
    private static final String ACCESSION = "DEMO0001";
    private static final int IMAGES = 3;
    private static final Duration REPORT = Duration.ofSeconds(20);
    private static final Map<String, String> FREE_PORTS = Map.of(
            "collimator.mllp.port", "0",
            "collimator.dicom.port", "0",
            "collimator.http.port", "0",
            "collimator.jms.port", "0");

    private final Home home;
    private final Transcript transcript;
    private final Clock clock;
    private final AtomicInteger uids = new AtomicInteger();

    public Demo(Home home, Transcript transcript) {
        this.home = home;
        this.transcript = transcript;
        this.clock = EngineParts.production().clock().withZone(ZoneId.systemDefault());
    }

    /**
     * Plays it.
     *
     * @throws DemoFailedException when a step was not seen
     */
    public void play() {
        DicomProviderFactory provider = provider();
        try (DicomProvider dicom = provider.create();
                ModalitySimulator modality =
                        ModalitySimulator.start(dicom, ModalitySettings.of(STATION, 0, clock, this::newUid));
                ArchiveSimulator archive = ArchiveSimulator.start(dicom, ARCHIVE, 0);
                DemoHome demoHome = DemoHome.create(home, modality.address(), archive.address());
                Engine engine = Engine.start(
                        new EngineOptions(demoHome.root(), overrides(provider), true, EngineParts.production()))) {
            transcript.out().println(engine.readyLine());
            PeerAddress scp = PeerAddress.loopback(
                    new AeTitle("COLLIMATOR"), engine.dicom().getPort());
            modality.target(scp);
            archive.reportTo(scp);
            try (QueueWatch status =
                            new QueueWatch(engine.jms(), demoHome.secret("jms.password"), "collimator.status");
                    QueueWatch events =
                            new QueueWatch(engine.jms(), demoHome.secret("jms.password"), "collimator.events")) {
                AccessionApi api = new AccessionApi(engine.http(), demoHome.secret("admin.password"));
                new Exam(modality, archive, status, events, api).play(engine);
            }
        }
    }

    /** The one of the home or the environment, for the engine as for who plays with it. */
    private DicomProviderFactory provider() {
        return EngineSettings.load(home, System.getenv(), FREE_PORTS).dicom().provider();
    }

    private static Map<String, String> overrides(DicomProviderFactory provider) {
        Map<String, String> overrides = new HashMap<>(FREE_PORTS);
        overrides.put("collimator.dicom.provider", provider.name());
        return overrides;
    }

    /** The exam itself, once everybody is there. */
    private final class Exam {

        private final ModalitySimulator modality;
        private final ArchiveSimulator archive;
        private final QueueWatch status;
        private final QueueWatch events;
        private final AccessionApi api;

        Exam(
                ModalitySimulator modality,
                ArchiveSimulator archive,
                QueueWatch status,
                QueueWatch events,
                AccessionApi api) {
            this.modality = modality;
            this.archive = archive;
            this.status = status;
            this.events = events;
            this.api = api;
        }

        void play(Engine engine) {
            transcript.heading("The RIS orders");
            order(engine);
            transcript.heading("The modality asks for its worklist");
            WorklistItem item = worklist();
            transcript.heading("The modality begins");
            PerformedStep step = begin(item);
            transcript.heading("The modality completes");
            PerformedSeries series = complete(step);
            transcript.heading("The modality asks who holds the images");
            commit(series);
            JsonNode accession = api.await(ACCESSION, "COMPLETED", "COMMITTED");
            transcript.seen("GET /api/accessions/%s says COMPLETED and COMMITTED, %d of %d instances"
                    .formatted(
                            ACCESSION,
                            accession.path("instances").path("committed").asInt(),
                            accession.path("instances").path("expected").asInt()));
            transcript.seen("collimator.events held, in this order: " + String.join(", ", events.types()));
            transcript.heading("Timeline");
            new AccessionText(accession).print(transcript.out());
            transcript.out().println();
            transcript.out().println("Every step was seen from outside.");
        }

        private void order(Engine engine) {
            RisSettings settings = new RisSettings(
                    MllpClientSettings.of(
                            engine.mllp().getHostString(), engine.mllp().getPort()),
                    clock,
                    "DEMO-");
            try (RisSimulator ris = new RisSimulator(settings)) {
                String controlId = ris.send(OrderControl.NEW, simulatedOrder());
                transcript.seen("ORM^O01 %s was acknowledged AA".formatted(controlId));
            } catch (IOException | IllegalStateException e) {
                throw new DemoFailedException("AA for the order: " + e.getMessage(), e);
            }
            events.await("order.scheduled", ACCESSION);
            transcript.seen("order.scheduled on collimator.events");
        }

        private WorklistItem worklist() {
            List<WorklistItem> items = modality.worklist(today()).items();
            if (items.size() != 1 || !items.get(0).accessionNumber().equals(ACCESSION)) {
                throw new DemoFailedException(
                        "one entry of accession %s on the worklist; %d came.".formatted(ACCESSION, items.size()));
            }
            WorklistItem item = items.get(0);
            transcript.seen("C-FIND by station and date: accession %s, patient ID %s, step %s"
                    .formatted(item.accessionNumber(), item.patientId(), item.stepId()));
            return item;
        }

        private PerformedStep begin(WorklistItem item) {
            PerformedStep step = modality.begin(item);
            expectSuccess("N-CREATE", step.status());
            transcript.seen("N-CREATE IN PROGRESS was answered 0000H");
            if (!modality.worklist(today()).items().isEmpty()) {
                throw new DemoFailedException("an empty worklist after the step began; the entry is still there.");
            }
            transcript.seen("the entry is off the worklist");
            status.await("status.in_progress", "|IP|");
            transcript.seen("ORC-5 IP on collimator.status");
            events.await("procedure.started", ACCESSION);
            transcript.seen("procedure.started on collimator.events");
            return step;
        }

        private PerformedSeries complete(PerformedStep step) {
            PerformedSeries series = modality.acquire(IMAGES);
            archive.holds(series.images());
            transcript.note("%d images went to the archive".formatted(IMAGES));
            expectSuccess("N-SET", modality.complete(step, List.of(series)));
            transcript.seen("N-SET COMPLETED was answered 0000H");
            status.await("status.completed", "|CM|");
            transcript.seen("ORC-5 CM on collimator.status");
            api.await(ACCESSION, "COMPLETED", "OUTSTANDING");
            transcript.seen("the procedure is COMPLETED, its custody OUTSTANDING: two facts");
            return series;
        }

        private void commit(PerformedSeries series) {
            CommitmentRequested requested = modality.requestCommitment(series.images(), Duration.ZERO);
            expectSuccess("N-ACTION", requested.status());
            transcript.seen("N-ACTION was answered 0000H");
            ReportReceived report = modality.awaitReport(requested.request().transaction(), REPORT)
                    .orElseThrow(() -> new DemoFailedException(
                            "a commitment report within %d s; none came.".formatted(REPORT.toSeconds())));
            if (report.report().committed().size() != IMAGES
                    || !report.report().failed().isEmpty()) {
                throw new DemoFailedException(
                        "a report that all %d images are committed; it said %d committed, %d failed."
                                .formatted(
                                        IMAGES,
                                        report.report().committed().size(),
                                        report.report().failed().size()));
            }
            transcript.seen("N-EVENT-REPORT came on %s: %d committed"
                    .formatted(report.newAssociation() ? "a new association" : "the same association", IMAGES));
            events.await("custody.committed", ACCESSION);
            transcript.seen("custody.committed on collimator.events");
        }

        private WorklistQuery today() {
            return WorklistQuery.everything()
                    .withStation(STATION.value())
                    .withDate(DateTimeFormatter.BASIC_ISO_DATE.format(LocalDateTime.now(clock)));
        }
    }

    private Uid newUid() {
        return Uid.ofName("collimator-demo-" + clock.instant() + "-" + uids.incrementAndGet());
    }

    private SimulatedOrder simulatedOrder() {
        return new SimulatedOrder(
                ACCESSION,
                new SimulatedPatient("PID-7001", "LINDQVIST", "ANNA", "19740312", "F"),
                "CT",
                "CTHEAD",
                "CT HEAD WITHOUT CONTRAST",
                LocalDateTime.now(clock).toLocalDate().atTime(12, 0),
                Uid.ofName("collimator-demo-" + ACCESSION));
    }

    private static void expectSuccess(String what, DimseStatus status) {
        if (!status.isSuccess()) {
            throw new DemoFailedException(String.format(Locale.ROOT, "0000H for %s; the answer was %s.", what, status));
        }
    }
}
