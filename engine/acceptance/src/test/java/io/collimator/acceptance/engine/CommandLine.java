package io.collimator.acceptance.engine;

import io.collimator.engine.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/collimator} in this process, against one engine. */
public final class CommandLine {

    private final EngineUnderTest engine;
    private final TestHome home;

    public CommandLine(EngineUnderTest engine, TestHome home) {
        this.engine = engine;
        this.home = home;
    }

    /** What a command said and how it ended. */
    public record Said(int exitCode, String out, String err) {}

    /** A command about the running engine. */
    public Said run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--url");
        all.add("http://127.0.0.1:" + engine.engine().http().getPort());
        return offline(all.toArray(String[]::new));
    }

    /** A command that only reads the home. */
    public Said offline(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--home");
        all.add(home.root().toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
        return new Said(exitCode, out.toString(), err.toString());
    }
}
