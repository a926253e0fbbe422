package io.collimator.engine.cli.demo;

import java.io.PrintWriter;

/** What was seen, line by line. */
public final class Transcript {

    private static final String GREEN_TICK = "\u001b[32m✓\u001b[0m";

    private final PrintWriter out;
    private final boolean colored;

    public Transcript(PrintWriter out, boolean colored) {
        this.out = out;
        this.colored = colored;
    }

    PrintWriter out() {
        return out;
    }

    void heading(String text) {
        out.println();
        out.println(text);
    }

    void seen(String text) {
        out.println("  " + (colored ? GREEN_TICK : "ok") + " " + text);
    }

    void note(String text) {
        out.println("     " + text);
    }
}
