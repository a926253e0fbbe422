package io.collimator.engine.intake;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.List;

/** The names of the keys that a query matches by, for the log: their values may be patient data. */
final class QueriedKeys {

    /** A query of the standard has fewer. */
    private static final int NAMED = 20;

    private QueriedKeys() {}

    /** For instance {@code Modality, ScheduledStationAETitle}; {@code no key} when the query asks for everything. */
    static String of(DataSet identifier) {
        List<String> names = new ArrayList<>();
        collect(identifier, names);
        if (names.isEmpty()) {
            return "no key";
        }
        return names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and %d more".formatted(names.size() - NAMED);
    }

    private static void collect(DataSet keys, List<String> names) {
        for (Element key : keys) {
            if (key.value() instanceof Value.Items items) {
                items.values().forEach(item -> collect(item, names));
            } else if (!key.isEmpty() && !key.tag().equals(Tags.SpecificCharacterSet)) {
                names.add(Dictionary.keywordOf(key.tag()).orElse(key.tag().toString()));
            }
        }
    }
}
