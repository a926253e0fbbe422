package io.collimator.acceptance.interoperability;

import io.collimator.dicom.contract.Interoperability.Role;
import io.collimator.dicom.contract.Interoperability.Service;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page as Markdown: a line for each service, direction and peer. */
final class InteroperabilityTable {

    private static final String HEAD = """
            # Interoperability

            Written by the test run (`bin/verify`), which fails when this page is not what its tests proved; not edited by hand. Each line is a
            service between Collimator and a product that we did not write, over a real association, with the transfer syntaxes in which
            keys or instances crossed and the tests that passed.

            | Service | SCU | SCP | Transfer syntaxes | Proved by |
            | --- | --- | --- | --- | --- |
            """;

    private InteroperabilityTable() {}

    static String of(Collection<RecordedRow> rows) {
        Comparator<Pair> order =
                Comparator.comparing(Pair::service).thenComparing(Pair::peer).thenComparing(Pair::ours);
        return HEAD
                + rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> new Pair(row.service(), row.ours(), row.peer()),
                                () -> new TreeMap<>(order),
                                Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(pair -> line(pair.getKey(), pair.getValue()))
                        .collect(Collectors.joining());
    }

    private static String line(Pair pair, List<RecordedRow> rows) {
        boolean weAsk = pair.ours == Role.SCU;
        String syntaxes = rows.stream()
                .flatMap(row -> row.syntaxes().stream())
                .distinct()
                .sorted()
                .map(Enum::toString)
                .collect(Collectors.joining(", "));
        String tests = rows.stream()
                .map(row -> "`" + row.test() + "`")
                .distinct()
                .sorted()
                .collect(Collectors.joining("<br>"));
        return "| %s | %s | %s | %s | %s |\n"
                .formatted(
                        pair.service,
                        weAsk ? "Collimator" : pair.peer,
                        weAsk ? pair.peer : "Collimator",
                        syntaxes.isEmpty() ? "no data set" : syntaxes,
                        tests);
    }

    private record Pair(Service service, Role ours, String peer) {}
}
