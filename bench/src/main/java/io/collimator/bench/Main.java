package io.collimator.bench;

import java.nio.file.Path;
import java.time.Clock;

/** {@code bench/run}. */
final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0 || !arguments[0].equals("orders")) {
            System.err.print(BenchOptions.USAGE);
            System.exit(2);
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(BenchOptions.USAGE);
            System.exit(2);
            return;
        }
        Path checkout = Path.of("").toAbsolutePath();
        Report report = new OrdersBench(options, checkout, System.out, Clock.systemUTC()).run();
        report.write(options.out());
        System.out.printf("Report: %s%n", options.out().resolve("bench-orders.md"));
        System.exit(report.isEveryOrderFoundOnce() ? 0 : 1);
    }
}
