package io.collimator.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** {@code bench/run}. */
final class Main {

    private static final Path CHECKOUT = Path.of("").toAbsolutePath();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String subject = arguments.length == 0 ? "" : arguments[0];
        if (!Set.of("orders", "worklist", "codec", "attacks").contains(subject)) {
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
        boolean isSound = switch (subject) {
            case "orders" -> orders(options);
            case "worklist" -> worklist(options);
            case "codec" -> codec(options);
            default -> attacks(options);
        };
        System.out.printf("Report: %s%n", options.out().resolve("bench-" + subject + ".md"));
        System.exit(isSound ? 0 : 1);
    }

    private static boolean orders(BenchOptions options) throws Exception {
        Report report = new OrdersBench(options, CHECKOUT, System.out, Clock.systemUTC()).run();
        report.write(options.out());
        return report.isEveryOrderFoundOnce();
    }

    /** A query with a wrong number of matches has ended it. */
    private static boolean worklist(BenchOptions options) throws Exception {
        new WorklistBench(options, CHECKOUT, System.out, Clock.systemUTC())
                .run()
                .write(options.out());
        return true;
    }

    /** A benchmark that fails has ended it. */
    private static boolean codec(BenchOptions options) throws Exception {
        new CodecBench(options, 1, Clock.systemUTC()).run().write(options.out());
        return true;
    }

    private static boolean attacks(BenchOptions options) throws Exception {
        AttacksReport report = new AttacksBench(options, CHECKOUT, System.out, Clock.systemUTC()).run();
        report.write(options.out());
        return report.isEveryRequestAnswered();
    }
}
