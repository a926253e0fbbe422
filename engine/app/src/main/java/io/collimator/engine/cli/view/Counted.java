package io.collimator.engine.cli.view;

/** Numbers of things, for people. */
public final class Counted {

    private Counted() {}

    /** {@code 1 message}, {@code 2 messages}. */
    public static String of(int count, String thing) {
        return of(count, thing, thing + "s");
    }

    /** {@code 1 kind of message}, {@code 2 kinds of messages}. */
    public static String of(int count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
