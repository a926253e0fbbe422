package io.collimator.persistence;

import io.collimator.workflow.worklist.StepStatus;
import io.collimator.workflow.worklist.TextFilter;
import io.collimator.workflow.worklist.WorklistFilter;
import io.collimator.workflow.worklist.WorklistFilter.Column;
import io.collimator.workflow.worklist.WorklistPage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/**
 * A worklist query, or one page of it, as one statement. It is made of constant fragments; every value is a parameter. Several
 * stations, and names, are looked up by sub-select, so that an index leads to the steps.
 */
final class WorklistSql {

    private static final String NOTHING = "1 = 0";
    private static final String STATIONS_EXIST =
            "EXISTS (SELECT 1 FROM scheduled_step_station a WHERE a.step_id = s.id)";

    private String from = "scheduled_step s";
    private String start = "s.start_at";
    private String id = "s.id";
    private final List<String> conditions = new ArrayList<>();
    /** In the order of their places in {@link #conditions}: a fragment is made from left to right and added at once. */
    private final List<Object> parameters = new ArrayList<>();

    WorklistSql(WorklistFilter filter, WorklistPage.@Nullable Position after) {
        statuses(filter);
        range("s.start_at", filter);
        station(filter);
        if (filter.withStation()) {
            conditions.add(STATIONS_EXIST);
        }
        column("s.modality", filter.filters(Column.MODALITY));
        accession(filter.filters(Column.ACCESSION));
        column("s.patient_id", filter.filters(Column.PATIENT_ID));
        column("s.requested_procedure_id", filter.filters(Column.REQUESTED_PROCEDURE));
        column("s.step_id", filter.filters(Column.STEP_ID));
        column("s.study_instance_uid", filter.filters(Column.STUDY));
        name(filter.filters(Column.NAME));
        after(after);
    }

    /** The steps with a status that the filter shows which are too old to be seen. */
    static WorklistSql hidden(WorklistFilter filter) {
        WorklistSql sql = new WorklistSql();
        List<String> notBegun = filter.statuses().stream()
                .filter(status -> !status.isBegun())
                .map(StepStatus::name)
                .toList();
        sql.conditions.add(
                notBegun.isEmpty()
                        ? NOTHING
                        : "s.status IN (" + sql.list(notBegun) + ") AND s.start_at < "
                                + sql.parameter(filter.hiddenBefore()) + " AND s.start_at <> "
                                + sql.parameter(dayOf(filter)) + " AND s.ordered_at < "
                                + sql.parameter(filter.orderedBefore()));
        return sql;
    }

    private WorklistSql() {}

    private WorklistSql(WorklistPage.@Nullable Position after) {
        List<String> open = Arrays.stream(StepStatus.values())
                .filter(StepStatus::isOpen)
                .map(StepStatus::name)
                .toList();
        conditions.add("s.status IN (" + list(open) + ")");
        conditions.add("NOT " + STATIONS_EXIST);
        after(after);
    }

    /** The steps that are neither begun nor ended and have no station. */
    static WorklistSql withoutStation(WorklistPage.@Nullable Position after) {
        return new WorklistSql(after);
    }

    private void after(WorklistPage.@Nullable Position after) {
        if (after != null) {
            conditions.add("%1$s >= %2$s AND (%1$s > %3$s OR %4$s > %5$s)"
                    .formatted(
                            start, parameter(after.startAt()), parameter(after.startAt()), id, parameter(after.id())));
        }
    }

    List<ScheduledStepEntity> run(Session session, int size) {
        NativeQuery<ScheduledStepEntity> query = session.createNativeQuery(
                "SELECT s.* FROM " + from + " WHERE " + String.join(" AND ", conditions) + order(),
                ScheduledStepEntity.class);
        return withParameters(query).setMaxResults(size).list();
    }

    long count(Session session) {
        NativeQuery<Long> query = session.createNativeQuery(
                "SELECT COUNT(*) FROM " + from + " WHERE " + String.join(" AND ", conditions), Long.class);
        return withParameters(query).getSingleResult();
    }

    private <T> NativeQuery<T> withParameters(NativeQuery<T> query) {
        for (int i = 0; i < parameters.size(); i++) {
            query.setParameter(i + 1, parameters.get(i));
        }
        return query;
    }

    private String order() {
        return " ORDER BY " + start + ", " + id;
    }

    /** A statement for status and data set by start, ready to run. */
    PreparedStatement prepare(Connection connection, int maxRows) throws SQLException {
        PreparedStatement statement = connection.prepareStatement("SELECT s.status, s.data_set FROM " + from + " WHERE "
                + String.join(" AND ", conditions) + order() + " FETCH FIRST " + maxRows + " ROWS ONLY");
        try {
            for (int i = 0; i < parameters.size(); i++) {
                bind(statement, i + 1, parameters.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Neither driver takes an Instant for what it is. */
    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setObject(index, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
    }

    /** A step that nobody began is hidden once both its start and its order are old. */
    private void statuses(WorklistFilter filter) {
        List<String> begun = new ArrayList<>();
        List<String> notBegun = new ArrayList<>();
        for (StepStatus status : filter.statuses()) {
            (status.isBegun() ? begun : notBegun).add(status.name());
        }
        List<String> alternatives = new ArrayList<>();
        if (!begun.isEmpty()) {
            alternatives.add("s.status IN (" + list(begun) + ")");
        }
        if (!notBegun.isEmpty()) {
            alternatives.add("s.status IN (" + list(notBegun) + ") AND (s.start_at >= "
                    + parameter(filter.hiddenBefore()) + " OR s.start_at = " + parameter(dayOf(filter))
                    + " OR s.ordered_at >= " + parameter(filter.orderedBefore()) + ")");
        }
        conditions.add(alternatives.isEmpty() ? NOTHING : "(" + String.join(" OR ", alternatives) + ")");
    }

    /** Where a step stands whose day is not over when others of it are too old: it has a date and no time. */
    private static LocalDateTime dayOf(WorklistFilter filter) {
        return filter.hiddenBefore().toLocalDate().atStartOfDay();
    }

    private void range(String column, WorklistFilter filter) {
        filter.from().ifPresent(from -> conditions.add(column + " >= " + parameter(from)));
        filter.to().ifPresent(to -> conditions.add(column + " <= " + parameter(to)));
    }

    /** One title leads the query: its index has the steps in the order of the answer, so that no more are read than asked for. */
    private void station(WorklistFilter filter) {
        List<TextFilter> titles = filter.filters(Column.STATION);
        either("a.ae_title", titles, WorklistColumns.MAX_KEY).ifPresent(condition -> {
            List<String> inner = new ArrayList<>(List.of(condition));
            filter.from().ifPresent(first -> inner.add("a.start_at >= " + parameter(first)));
            filter.to().ifPresent(last -> inner.add("a.start_at <= " + parameter(last)));
            if (titles.size() == 1 && titles.get(0).kind() == TextFilter.Kind.EQUAL) {
                from = "scheduled_step_station a JOIN scheduled_step s ON s.id = a.step_id";
                start = "a.start_at";
                id = "a.step_id";
                conditions.addAll(inner);
            } else {
                conditions.add("s.id IN (SELECT a.step_id FROM scheduled_step_station a WHERE "
                        + String.join(" AND ", inner) + ")");
            }
        });
    }

    private void name(List<TextFilter> filters) {
        either("n.name", filters, WorklistColumns.MAX_NAME)
                .ifPresent(condition -> conditions.add(
                        "s.id IN (SELECT n.step_id FROM scheduled_step_name n WHERE " + condition + ")"));
    }

    /** The column holds the key of the number: with an issuer, that follows a backslash. */
    private void accession(List<TextFilter> filters) {
        List<TextFilter> keys = new ArrayList<>(filters);
        filters.stream()
                .filter(filter -> filter.kind() == TextFilter.Kind.EQUAL)
                .forEach(filter -> keys.add(new TextFilter(TextFilter.Kind.PREFIX, filter.text() + '\\')));
        column("s.accession", keys);
    }

    private void column(String column, List<TextFilter> filters) {
        either(column, filters, WorklistColumns.MAX_KEY).ifPresent(conditions::add);
    }

    private Optional<String> either(String column, List<TextFilter> filters, int maxLength) {
        if (filters.isEmpty()) {
            return Optional.empty();
        }
        List<String> alternatives = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (TextFilter filter : filters) {
            String text = ColumnText.cut(filter.text(), maxLength);
            switch (filter.kind()) {
                case EQUAL -> equal.add(text);
                case PREFIX -> alternatives.add(prefix(column, text));
                case INFIX -> alternatives.add(like(column, "%" + escaped(text) + "%"));
            }
        }
        if (!equal.isEmpty()) {
            alternatives.add(column + " IN (" + list(equal) + ")");
        }
        return Optional.of("(" + String.join(" OR ", alternatives) + ")");
    }

    /** A range, where there is a text after the last one with this beginning: a plan for any value can use an index. */
    private String prefix(String column, String beginning) {
        int last = beginning.codePointBefore(beginning.length());
        boolean hasNext = last < Character.MAX_CODE_POINT && Character.getType(last + 1) != Character.SURROGATE;
        if (!hasNext) {
            return like(column, escaped(beginning) + "%");
        }
        String next =
                beginning.substring(0, beginning.length() - Character.charCount(last)) + Character.toString(last + 1);
        return "(" + column + " >= " + parameter(beginning) + " AND " + column + " < " + parameter(next) + ")";
    }

    private String like(String column, String pattern) {
        return column + " LIKE " + parameter(pattern) + " ESCAPE '!'";
    }

    private static String escaped(String literal) {
        return literal.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private String list(List<String> values) {
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add(parameter(value)));
        return String.join(", ", names);
    }

    private String parameter(Object value) {
        parameters.add(value instanceof LocalDateTime time ? WorklistColumns.representable(time) : value);
        return "?";
    }
}
