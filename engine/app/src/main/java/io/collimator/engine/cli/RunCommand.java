package io.collimator.engine.cli;

import io.collimator.engine.wiring.Engine;
import io.collimator.engine.wiring.EngineOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The engine in the foreground, until SIGINT or SIGTERM. */
@Command(name = "run", description = "Starts the engine in the foreground; SIGINT or SIGTERM ends it cleanly.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private static final long STOP_SECONDS = 30;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Engine engine = Engine.start(EngineOptions.of(home.path()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine, CommandLine.ExitCode.OK), "shutdown"));
        out.println(engine.readyLine());
        out.flush();
        // a signal goes through the hook
        engine.awaitFailure();
        // what is broken may not close either: the process ends all the same
        Thread closing = new Thread(() -> stop(engine, CommandLine.ExitCode.SOFTWARE), "closing");
        closing.start();
        closing.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** A JVM that a signal ends exits 128 + signal unless its last hook halts it. */
    private static void stop(Engine engine, int code) {
        int exitCode = code;
        try {
            engine.close();
        } catch (RuntimeException e) {
            LOG.error("The engine did not stop cleanly.", e);
            exitCode = CommandLine.ExitCode.SOFTWARE;
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
