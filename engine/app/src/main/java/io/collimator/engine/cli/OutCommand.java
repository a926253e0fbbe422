package io.collimator.engine.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What goes out of the engine. */
@Command(
        name = "out",
        description = "What goes out of the engine over its queues, on a running engine.",
        subcommands = {
            OutListCommand.class,
            OutActionCommand.Retry.class,
            OutActionCommand.Park.class,
            OutActionCommand.Drop.class,
            OutActionCommand.Pause.class,
            OutActionCommand.Resume.class,
            OutRefillCommand.class
        })
final class OutCommand implements Runnable {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    /** Without a subcommand: what there is. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Name what to do; \"collimator out --help\" lists it.");
    }
}
