package io.collimator.workflow.worklist;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DateRange;
import io.collimator.dicom.data.DicomDate;
import io.collimator.dicom.data.DicomTime;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.TimeRange;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a test of an entry from a key with a value (PS3.4 §C.2.2.2). Several values are alternatives. An unknown value
 * never matches.
 */
final class KeyTest {

    static final String NO_DATE = "No date or range; use YYYYMMDD, a-b, a- or -b";
    static final String NO_TIME = "No time or range; use HHMMSS, a-b, a- or -b";

    private static final int MAX_VALUES = 1000;
    private static final int MAX_LENGTH = 1024;

    private KeyTest() {}

    /**
     * The test for the value of a key that is no sequence.
     *
     * @throws MalformedKeyException when its VR does not allow the value
     */
    static Predicate<DataSet> of(Element key) {
        Tag tag = key.tag();
        checkKind(key);
        if (key.value() instanceof Value.Text text) {
            return ofText(tag, nonEmpty(tag, text.values()));
        } else if (key.value() instanceof Value.Integers integers) {
            return entry -> entry.get(tag)
                    .map(Element::value)
                    .filter(value -> value instanceof Value.Integers stored
                            && stored.values().stream().anyMatch(integers.values()::contains))
                    .isPresent();
        }
        return entry ->
                entry.get(tag).map(Element::value).filter(key.value()::equals).isPresent();
    }

    /** A value of another kind than the key's can match nothing, and to leave it out would widen the list. */
    static void checkKind(Element key) {
        Vr known = vrOf(key.tag());
        if (!key.isEmpty() && known != Vr.UN && key.vr().kind() != known.kind()) {
            throw new MalformedKeyException(key.tag(), "Has VR %s; %s is expected".formatted(key.vr(), known));
        }
    }

    /** The values of a text key, those left out that match everything. */
    static List<String> nonEmpty(Tag tag, List<String> values) {
        if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            throw new MalformedKeyException(tag, "A NUL character within the value");
        }
        if (values.size() > MAX_VALUES) {
            throw new MalformedKeyException(tag, "More than %d values".formatted(MAX_VALUES));
        }
        if (values.stream().anyMatch(value -> value.length() > MAX_LENGTH)) {
            throw new MalformedKeyException(tag, "A value of more than %d characters".formatted(MAX_LENGTH));
        }
        return values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Predicate<DataSet> ofText(Tag tag, List<String> values) {
        if (values.isEmpty() || values.stream().anyMatch(value -> new TextPattern(value).isUniversal())) {
            return entry -> true;
        }
        return switch (vrOf(tag)) {
            case PN -> NameKey.of(values).test(tag);
            case DA -> ofRanges(tag, values, KeyTest::date);
            case TM -> ofRanges(tag, values, KeyTest::time);
            case UI -> any(tag, values, uid(tag), stored -> stored);
            case IS, DS -> ofNumbers(tag, values);
            case AE, CS -> ofPatterns(tag, values, text -> text.toUpperCase(Locale.ROOT));
            case AS, DT -> any(tag, values, value -> stored -> stored.equals(value), stored -> stored);
            default -> ofPatterns(tag, values, KeyTest::composed);
        };
    }

    /** One form for a letter and its marks, whoever wrote them apart. */
    static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static Vr vrOf(Tag tag) {
        return Dictionary.vrOf(tag);
    }

    private static Predicate<DataSet> any(
            Tag tag,
            List<String> values,
            Function<String, Predicate<String>> testOf,
            Function<String, String> storedForm) {
        List<Predicate<String>> tests = new ArrayList<>();
        values.forEach(value -> tests.add(testOf.apply(value)));
        return entry -> entry.texts(tag).stream()
                .map(String::strip)
                .map(storedForm)
                .filter(stored -> !stored.isEmpty())
                .anyMatch(stored -> tests.stream().anyMatch(test -> test.test(stored)));
    }

    private static Predicate<DataSet> ofPatterns(Tag tag, List<String> values, Function<String, String> fold) {
        return any(tag, values, value -> new TextPattern(fold.apply(value))::matches, fold);
    }

    private static Predicate<DataSet> ofRanges(
            Tag tag, List<String> values, Function<String, Predicate<String>> rangeOf) {
        return any(
                tag,
                values,
                value -> {
                    try {
                        return rangeOf.apply(value);
                    } catch (IllegalArgumentException e) {
                        throw new MalformedKeyException(tag, vrOf(tag) == Vr.DA ? NO_DATE : NO_TIME);
                    }
                },
                stored -> stored);
    }

    private static Predicate<String> date(String value) {
        DateRange range = DateRange.parse(value);
        return stored -> DicomDate.isValid(stored) && range.contains(DicomDate.parse(stored));
    }

    private static Predicate<String> time(String value) {
        TimeRange range = TimeRange.parse(value);
        return stored -> DicomTime.isValid(stored) && range.contains(DicomTime.parse(stored));
    }

    private static Function<String, Predicate<String>> uid(Tag tag) {
        return value -> {
            if (!Uid.isValid(value)) {
                throw new MalformedKeyException(tag, "No UID; wildcards do not apply to UIDs");
            }
            return value::equals;
        };
    }

    private static Predicate<DataSet> ofNumbers(Tag tag, List<String> values) {
        return any(
                tag,
                values,
                value -> {
                    BigDecimal wanted = number(value);
                    if (wanted == null) {
                        throw new MalformedKeyException(tag, "No number");
                    }
                    return stored -> {
                        BigDecimal found = number(stored);
                        return found != null && found.compareTo(wanted) == 0;
                    };
                },
                stored -> stored);
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            return text.length() > Vr.DS.maxLength() ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
