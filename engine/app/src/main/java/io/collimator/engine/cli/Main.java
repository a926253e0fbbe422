package io.collimator.engine.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ScopeType;

/** {@code bin/collimator}. */
@Command(
        name = "collimator",
        description = "Radiology integration engine: keeps orders, acquisition and archive aligned.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        version = "Collimator 0.1.0-SNAPSHOT",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            MapCommand.class,
            SendCommand.class,
            FindCommand.class,
            EchoCommand.class,
            PingCommand.class,
            TraceCommand.class,
            AssignCommand.class,
            ApplyCommand.class,
            HistoryCommand.class,
            RollbackCommand.class,
            UnmergeCommand.class,
            PatientAuthorityCommand.class,
            OutCommand.class
        })
public final class Main implements Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @CommandLine.Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a failure.")
    private boolean verbose;

    private Main() {}

    public static void main(String[] arguments) {
        LogSetup.before(arguments);
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /** Runs one command in this process; returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine(out, err).execute(arguments);
    }

    private static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        Main main = new Main();
        return new CommandLine(main)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(System.getenv("NO_COLOR") == null ? Ansi.AUTO : Ansi.OFF))
                .setExecutionStrategy(Main::executed)
                .setExecutionExceptionHandler((failure, command, parsed) -> main.fail(failure, command));
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Name a command; \"collimator --help\" lists them.");
    }

    /** A word that nobody knows is wrong usage, also when help is asked for with it. */
    private static int executed(CommandLine.ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            if (!command.getUnmatchedArguments().isEmpty()) {
                throw new CommandLine.UnmatchedArgumentException(command, command.getUnmatchedArguments());
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int fail(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        String message = failure.getMessage();
        err.println("collimator: " + (message == null || message.isBlank() ? failure.toString() : message));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof WrongUsageException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }
}
