package io.collimator.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long and what to measure.
 *
 * @param interval of one measurement
 * @param rounds in which every candidate is measured once over each number of connections
 * @param warmUp of each candidate
 * @param stored orders that are loaded in bulk before the last measurements; 0: none
 * @param out folder of the report
 */
record BenchOptions(Duration interval, int rounds, Duration warmUp, int stored, Path out) {

    static final String USAGE = """
            Usage: bench/run orders|worklist|codec|attacks [--seconds N] [--rounds N] [--warm-up N] [--stored N] [--out FOLDER] [--smoke]
              --seconds N   one measured interval, seconds; default: 5, of codec 1, of attacks 30
              --rounds N    intervals of every candidate; default: 4, of codec 5; not of attacks
              --warm-up N   seconds a candidate, 15 or more for numbers that count; default: 30, of codec 3, of attacks 60
              --stored N    orders or entries loaded in bulk before the last measurements, 0: none; default: 1000000; not of codec and attacks
              --out FOLDER  where the report (.md) and its chart (.svg) go; default: docs/reference
              --smoke       a second of each, nothing stored in bulk, report into bench/target
            """;

    /**
     * Reads what stands after the subject.
     *
     * @throws IllegalArgumentException when it cannot be understood
     */
    static BenchOptions parse(String[] arguments) {
        BenchOptions options = usual(arguments.length > 0 ? arguments[0] : "");
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].equals("--smoke")) {
                options = new BenchOptions(
                        Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0, Path.of("bench", "target"));
            } else if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("%s has no value, or is unknown.".formatted(arguments[i]));
            } else {
                options = options.with(arguments[i], arguments[++i]);
            }
        }
        return options;
    }

    private static BenchOptions usual(String subject) {
        Path out = Path.of("docs", "reference");
        return switch (subject) {
            case "codec" -> new BenchOptions(Duration.ofSeconds(1), 5, Duration.ofSeconds(3), 0, out);
            case "attacks" -> new BenchOptions(Duration.ofSeconds(30), 1, Duration.ofSeconds(60), 0, out);
            default -> new BenchOptions(Duration.ofSeconds(5), 4, Duration.ofSeconds(30), 1_000_000, out);
        };
    }

    private BenchOptions with(String name, String value) {
        return switch (name) {
            case "--seconds" ->
                new BenchOptions(Duration.ofSeconds(number(name, value, 1)), rounds, warmUp, stored, out);
            case "--rounds" -> new BenchOptions(interval, number(name, value, 1), warmUp, stored, out);
            case "--warm-up" ->
                new BenchOptions(interval, rounds, Duration.ofSeconds(number(name, value, 1)), stored, out);
            case "--stored" -> new BenchOptions(interval, rounds, warmUp, number(name, value, 0), out);
            case "--out" -> new BenchOptions(interval, rounds, warmUp, stored, Path.of(value));
            default -> throw new IllegalArgumentException("%s is unknown.".formatted(name));
        };
    }

    private static int number(String name, String value, int least) {
        if (!value.matches("\\d{1,8}") || Integer.parseInt(value) < least) {
            throw new IllegalArgumentException(
                    "%s is \"%s\"; write a whole number from %d.".formatted(name, value, least));
        }
        return Integer.parseInt(value);
    }
}
