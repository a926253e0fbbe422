package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A worklist query (PS3.4 §K.4.1.1): which entries match, and what a store can look for first. Every key of Table K.6-1
 * with a value is matched; a key that is not in the table is not, and {@link #hasUnsupportedKeys()} says so.
 */
public final class WorklistQuery {

    private final DataSet identifier;
    private final StartKey start;
    private final List<Predicate<DataSet>> tests = new ArrayList<>();
    private boolean unsupportedKeys;

    private WorklistQuery(DataSet identifier) {
        this.identifier = identifier;
        this.start = StartKey.of(identifier.item(Tags.ScheduledProcedureStepSequence));
        for (Element key : identifier) {
            if (key.tag().equals(Tags.ScheduledProcedureStepSequence)) {
                addStep(items(key));
            } else if (WorklistKeys.isEntryKey(key.tag())) {
                add(tests, key);
            } else {
                unsupportedKeys |= !WorklistKeys.isFrame(key.tag());
            }
        }
    }

    /**
     * Reads the keys of a request.
     *
     * @throws MalformedKeyException when one has a value that its VR does not allow
     */
    public static WorklistQuery of(DataSet identifier) {
        return new WorklistQuery(identifier);
    }

    /** Whether a key is not supported: FF01H instead of FF00H (PS3.4 §K.4.1.1.4). */
    public boolean hasUnsupportedKeys() {
        return unsupportedKeys;
    }

    /** Whether the entry has every value that the query asks for; its status is in the step's item. */
    public boolean matches(DataSet entry) {
        return tests.stream().allMatch(test -> test.test(entry));
    }

    /** What a store can look for; finds every entry that matches and may be seen. */
    public WorklistFilter filter(WorklistSettings settings, Instant now) {
        Instant hiddenBefore = now.minus(Duration.ofDays(settings.hideAfterDays()));
        return new WorklistFilter(
                statuses(settings.visibleStatuses()),
                hiddenBefore.atZone(settings.zone()).toLocalDateTime(),
                hiddenBefore,
                start.storedFrom(),
                start.to(),
                settings.hideWithoutStation() && isForAnyStation(),
                columns());
    }

    private boolean isForAnyStation() {
        return patterns(step(), Tags.ScheduledStationAETitle, text -> text).isEmpty();
    }

    private void addStep(List<DataSet> keyItems) {
        if (keyItems.isEmpty()) {
            return;
        }
        List<Predicate<DataSet>> itemTests = new ArrayList<>();
        for (Element key : keyItems.get(0)) {
            KeyTest.checkKind(key);
            boolean isStart = key.tag().equals(Tags.ScheduledProcedureStepStartDate)
                    || key.tag().equals(Tags.ScheduledProcedureStepStartTime);
            if (WorklistKeys.isStepKey(key.tag()) && !isStart) {
                add(itemTests, key);
            }
            unsupportedKeys |= !WorklistKeys.isStepKey(key.tag()) && !WorklistKeys.isFrame(key.tag());
        }
        if (!start.isUniversal()) {
            itemTests.add(item -> start.matches(StepStart.of(item)));
        }
        tests.add(entry -> entry.items(Tags.ScheduledProcedureStepSequence).stream()
                .anyMatch(item -> itemTests.stream().allMatch(test -> test.test(item))));
    }

    private static void add(List<Predicate<DataSet>> tests, Element key) {
        if (key.isEmpty()) {
            return;
        }
        if (key.value() instanceof Value.Items && Dictionary.vrOf(key.tag()) == Vr.SQ) {
            addSequence(tests, key);
        } else {
            tests.add(KeyTest.of(key));
        }
    }

    /** One item: it matches when all of its keys match in one item of the entry (PS3.4 §C.2.2.2.6). */
    private static void addSequence(List<Predicate<DataSet>> tests, Element key) {
        List<Predicate<DataSet>> itemTests = new ArrayList<>();
        items(key).forEach(item -> item.forEach(nested -> add(itemTests, nested)));
        if (!itemTests.isEmpty()) {
            tests.add(entry -> entry.items(key.tag()).stream()
                    .anyMatch(item -> itemTests.stream().allMatch(test -> test.test(item))));
        }
    }

    private static List<DataSet> items(Element key) {
        KeyTest.checkKind(key);
        List<DataSet> items = key.value() instanceof Value.Items values ? values.values() : List.of();
        if (items.size() > 1) {
            throw new MalformedKeyException(key.tag(), "%d items; a key has one".formatted(items.size()));
        }
        return items;
    }

    /** What the query names, of what may be seen at all, else what is visible to a query that names none. */
    private Set<StepStatus> statuses(Set<StepStatus> visible) {
        List<TextPattern> wanted =
                patterns(step(), Tags.ScheduledProcedureStepStatus, text -> text.toUpperCase(Locale.ROOT));
        if (wanted.isEmpty()) {
            return visible;
        }
        Set<StepStatus> statuses = EnumSet.noneOf(StepStatus.class);
        Arrays.stream(StepStatus.values())
                .filter(status -> !status.isWithheld() || visible.contains(status))
                .filter(status -> wanted.stream().anyMatch(pattern -> pattern.matches(status.name())))
                .forEach(statuses::add);
        return statuses;
    }

    private Map<WorklistFilter.Column, List<TextFilter>> columns() {
        Function<String, String> upperCase = text -> text.toUpperCase(Locale.ROOT);
        Function<String, String> asIs = text -> text;
        Map<WorklistFilter.Column, List<TextFilter>> columns = new EnumMap<>(WorklistFilter.Column.class);
        columns.put(WorklistFilter.Column.STATION, filters(step(), Tags.ScheduledStationAETitle, upperCase));
        columns.put(WorklistFilter.Column.MODALITY, filters(step(), Tags.Modality, upperCase));
        columns.put(WorklistFilter.Column.STEP_ID, filters(step(), Tags.ScheduledProcedureStepID, asIs));
        columns.put(WorklistFilter.Column.ACCESSION, filters(identifier, Tags.AccessionNumber, asIs));
        columns.put(WorklistFilter.Column.PATIENT_ID, filters(identifier, Tags.PatientID, asIs));
        columns.put(WorklistFilter.Column.REQUESTED_PROCEDURE, filters(identifier, Tags.RequestedProcedureID, asIs));
        columns.put(WorklistFilter.Column.STUDY, filters(identifier, Tags.StudyInstanceUID, asIs));
        List<String> names = KeyTest.nonEmpty(Tags.PatientName, identifier.texts(Tags.PatientName));
        columns.put(WorklistFilter.Column.NAME, NameKey.of(names).filters());
        return columns;
    }

    private DataSet step() {
        return identifier.item(Tags.ScheduledProcedureStepSequence);
    }

    private static List<TextFilter> filters(DataSet keys, Tag tag, Function<String, String> fold) {
        List<TextFilter> filters = new ArrayList<>();
        for (TextPattern pattern : patterns(keys, tag, fold)) {
            Optional<TextFilter> filter = pattern.filter();
            if (filter.isEmpty()) {
                return List.of();
            }
            filters.addAll(formsOf(filter.get()));
        }
        return filters;
    }

    /** Stores keep text as it came: marks may stand apart from their letters there. */
    private static Set<TextFilter> formsOf(TextFilter filter) {
        Set<TextFilter> forms = new LinkedHashSet<>(List.of(filter));
        for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
            forms.add(new TextFilter(filter.kind(), Normalizer.normalize(filter.text(), form)));
        }
        return forms;
    }

    /** The alternatives of a key; none when it matches everything. */
    private static List<TextPattern> patterns(DataSet keys, Tag tag, Function<String, String> fold) {
        List<TextPattern> patterns = KeyTest.nonEmpty(tag, keys.texts(tag)).stream()
                .map(value -> new TextPattern(fold.apply(value)))
                .toList();
        return patterns.stream().anyMatch(TextPattern::isUniversal) ? List.of() : patterns;
    }
}
