package io.collimator.mapping;

import io.collimator.dicom.identity.AssigningAuthority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code mapping/tables/authorities.csv}: the names by which senders and peers call the authorities that give numbers.
 * Immutable.
 */
final class AuthorityTable {

    static final String NAME = "authorities";
    static final List<String> COLUMNS = List.of("authority", "namespace", "universal-id", "type", "sender");

    private static final String FILE = "mapping/tables/authorities.csv";

    private final List<Row> rows;
    private final Map<String, AssigningAuthority> byName;

    /**
     * A row.
     *
     * @param name the one that is stored and compared
     * @param called what a sender says: a namespace, a universal ID, or both
     * @param sender name of the only block of senders.yaml that it is for, "" for everyone
     */
    private record Row(String name, AssigningAuthority called, String sender, int line) {

        /** What both state must agree; a universal ID counts more than a namespace. */
        boolean fits(AssigningAuthority stated) {
            if (!called.universalId().isEmpty() && !stated.universalId().isEmpty()) {
                return keyOf(called).equals(keyOf(stated));
            }
            return !called.namespace().isEmpty() && called.namespace().equals(stated.namespace());
        }

        private static String keyOf(AssigningAuthority authority) {
            return new AssigningAuthority("", authority.universalId(), authority.universalIdType()).key();
        }
    }

    /**
     * What the table makes of an authority.
     *
     * @param place of the row
     */
    record Found(AssigningAuthority authority, String place) {}

    private AuthorityTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
        Map<String, AssigningAuthority> named = new HashMap<>();
        rows.forEach(row -> named.merge(
                row.name(),
                new AssigningAuthority(
                        row.name(), row.called().universalId(), row.called().universalIdType()),
                (known, other) -> known.universalId().isEmpty() ? other : known));
        this.byName = Map.copyOf(named);
    }

    static AuthorityTable empty() {
        return new AuthorityTable(List.of());
    }

    static AuthorityTable read(String file, String text, List<MappingProblem> problems) {
        List<Row> rows = new ArrayList<>();
        new CsvLines(file, COLUMNS, problems)
                .read(
                        text,
                        (cells, line) -> row(cells, line, file, problems).ifPresent(row -> {
                            Optional<Row> other = rows.stream()
                                    .filter(known -> !known.name().equals(row.name())
                                            && known.sender().equals(row.sender())
                                            && isSame(known.called(), row.called()))
                                    .findFirst();
                            if (other.isPresent()) {
                                problems.add(new MappingProblem(
                                        file,
                                        line,
                                        "authority",
                                        row.name(),
                                        "Line %d gives this namespace or universal ID to %s; an authority has one name."
                                                .formatted(
                                                        other.get().line(),
                                                        other.get().name())));
                            } else {
                                rows.add(row);
                            }
                        }));
        rows.stream()
                .filter(row -> rows.stream()
                        .anyMatch(other -> other.sender().isEmpty()
                                && !other.name().equals(row.name())
                                && other.called().namespace().equals(row.name())))
                .forEach(row -> problems.add(new MappingProblem(
                        file,
                        row.line(),
                        "authority",
                        row.name(),
                        "This name is the namespace of another authority in this table; choose another name.")));
        return new AuthorityTable(rows);
    }

    private static boolean isSame(AssigningAuthority one, AssigningAuthority other) {
        return (!one.namespace().isEmpty() && one.namespace().equals(other.namespace()))
                || (!one.universalId().isEmpty() && one.universalId().equals(other.universalId()));
    }

    private static Optional<Row> row(List<String> cells, int line, String file, List<MappingProblem> problems) {
        try {
            return Optional.of(new Row(
                    new AssigningAuthority(cells.get(0), "", "").namespace(),
                    new AssigningAuthority(cells.get(1), cells.get(2), cells.get(3)),
                    cells.get(4),
                    line));
        } catch (IllegalArgumentException e) {
            problems.add(new MappingProblem(
                    file,
                    line,
                    "authority",
                    cells.get(0),
                    "A row has a name of at most %d characters, and a namespace, a universal ID with its type, or both. %s"
                            .formatted(AssigningAuthority.MAX_NAMESPACE, e.getMessage())));
            return Optional.empty();
        }
    }

    List<MappingSet.CalledAuthority> called() {
        return rows.stream()
                .map(row ->
                        new MappingSet.CalledAuthority(row.called(), found(row).authority(), row.sender()))
                .toList();
    }

    /** Rows for a sender that {@code senders.yaml} does not have. */
    List<MappingProblem> withoutSender(Set<String> senders) {
        return rows.stream()
                .filter(row -> !row.sender().isEmpty() && !senders.contains(row.sender()))
                .map(row -> new MappingProblem(
                        FILE,
                        row.line(),
                        "sender",
                        row.sender(),
                        "mapping/senders.yaml has no such block; write its name, or nothing for everyone."))
                .toList();
    }

    /**
     * The authority that the table knows by what was stated; empty when it knows none.
     *
     * @param sender name of the sender's block, null for a peer that is no sender: rows for one sender are not for it
     */
    Optional<Found> find(AssigningAuthority stated, @Nullable String sender) {
        Row general = null;
        for (Row row : rows) {
            if (row.fits(stated)) {
                if (!row.sender().isEmpty() && row.sender().equals(sender)) {
                    return Optional.of(found(row));
                }
                general = general == null && row.sender().isEmpty() ? row : general;
            }
        }
        if (general != null) {
            return Optional.of(found(general));
        }
        AssigningAuthority named = byName.get(stated.namespace());
        return named != null && stated.universalId().isEmpty() ? Optional.of(new Found(named, FILE)) : Optional.empty();
    }

    private Found found(Row row) {
        return new Found(byName.getOrDefault(row.name(), row.called()), FILE + ":" + row.line());
    }
}
