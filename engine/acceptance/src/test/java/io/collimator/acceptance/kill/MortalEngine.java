package io.collimator.acceptance.kill;

import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.engine.wiring.Engine;
import io.collimator.engine.wiring.EngineOptions;
import io.collimator.engine.wiring.EngineParts;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.awaitility.Awaitility;

/**
 * The engine as it ships, but for a wrapper around its store and its DICOM provider that sends SIGKILL to the process.
 * Arguments: home, kill point, then settings as key=value.
 */
public final class MortalEngine {

    /** The test makes this file in the home when the peers have seen what they must see before the end. */
    static final String GO = "go";

    private final Path home;
    private final KillPoint point;

    private MortalEngine(Path home, KillPoint point) {
        this.home = home;
        this.point = point;
    }

    public static void main(String[] arguments) throws InterruptedException {
        MortalEngine mortal = new MortalEngine(Path.of(arguments[0]), KillPoint.valueOf(arguments[1]));
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        Engine engine = Engine.start(new EngineOptions(mortal.home, settings, false, mortal.parts()));
        System.out.println(engine.readyLine());
        System.out.flush();
        new CountDownLatch(1).await();
    }

    private EngineParts parts() {
        EngineParts production = EngineParts.production();
        return new EngineParts(production.clock(), MortalTransactions::new, MortalProvider::new, production.jms());
    }

    private static boolean isCalledBy(String className) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().endsWith("." + className)
                        || frame.getClassName().contains("." + className + "$")));
    }

    /** The version of a start is written by the same class. */
    private static boolean isApplying() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("apply")
                        && frame.getClassName().endsWith(".MappingChanges")));
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start();
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException("kill cannot be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dieOnceSeen() {
        Awaitility.await("the test's word").atMost(Duration.ofMinutes(1)).until(() -> Files.exists(home.resolve(GO)));
        die();
    }

    /** Dies around commits. */
    private final class MortalTransactions extends Transactions {

        private final Transactions real;

        MortalTransactions(Transactions real) {
            this.real = real;
        }

        @Override
        public <T> Committed<T> write(Function<Session, T> work) {
            if (point == KillPoint.AFTER_SEND_BEFORE_MARK && isCalledBy("RelayRun")) {
                dieOnceSeen();
            }
            Committed<T> committed = real.write(work);
            if (point == KillPoint.AFTER_COMMIT_BEFORE_ACK && isCalledBy("AcceptOrder")) {
                die();
            }
            if (point == KillPoint.AFTER_ACCEPTANCE_IS_RECORDED && isCalledBy("RecordDelivery")) {
                dieOnceSeen();
            }
            if (point == KillPoint.AFTER_MAPPING_COMMIT && isCalledBy("MappingChanges") && isApplying()) {
                die();
            }
            return committed;
        }

        @Override
        public <T> T read(Function<Session, T> work) {
            T result = real.read(work);
            if (point == KillPoint.BETWEEN_COMMIT_AND_RELAY
                    && result instanceof Collection<?> pending
                    && !pending.isEmpty()
                    && isCalledBy("RelayRun")) {
                dieOnceSeen();
            }
            return result;
        }
    }

    /** Dies before it calls a peer. */
    private final class MortalProvider implements DicomProvider {

        private final DicomProvider real;

        MortalProvider(DicomProvider real) {
            this.real = real;
        }

        @Override
        public DicomListener listen(ListenerSettings settings, PeerPolicy peers, ServiceHandlers handlers) {
            return real.listen(settings, peers, handlers);
        }

        @Override
        public DicomAssociation open(AssociationRequest request) {
            boolean toArchive = request.called().value().equals("ARCHIVE");
            if (point == KillPoint.AFTER_N_ACTION_RESPONSE && toArchive
                    || point == KillPoint.BETWEEN_THE_REPORTS && !toArchive) {
                dieOnceSeen();
            }
            return real.open(request);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
