package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import java.util.ArrayList;
import java.util.List;

/** What a conversion made of a source. */
sealed interface Produced {

    /** The message says nothing that could be used. */
    record Absent() implements Produced {}

    /** The message deletes the value: {@code ""} (HL7 v2.5.1 §2.5.3.4). Another source may still say one. */
    record Cleared() implements Produced {}

    /** There is no value, as a table or the source itself says: the last word, no other source is asked. */
    record Emptied() implements Produced {}

    /** Text values, at least one, none empty. */
    record Texts(List<String> values) implements Produced {
        public Texts {
            values = List.copyOf(values);
        }
    }

    /** Items of a sequence, at least one. */
    record Items(List<DataSet> values) implements Produced {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** The texts that are not empty; nothing when there are none. */
    static Produced texts(List<String> values) {
        List<String> filled = values.stream().filter(value -> !value.isEmpty()).toList();
        return filled.isEmpty() ? new Absent() : new Texts(filled);
    }

    static Produced text(String value) {
        return texts(List.of(value));
    }

    /** Whether there is a value. */
    default boolean hasValue() {
        return this instanceof Texts || this instanceof Items;
    }

    static Produced items(List<DataSet> values) {
        return values.isEmpty() ? new Absent() : new Items(values);
    }

    /** What an element holds. */
    static Produced of(Element element) {
        return element.value() instanceof Value.Items items
                ? items(items.values())
                : texts(((Value.Text) element.value()).values());
    }

    /** Several made into one: all texts, or all items; emptied when one is and none has a value. */
    static Produced all(List<Produced> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<String> texts = new ArrayList<>();
        List<DataSet> items = new ArrayList<>();
        boolean isEmptied = false;
        for (Produced part : parts) {
            if (part instanceof Texts made) {
                texts.addAll(made.values());
            } else if (part instanceof Items made) {
                items.addAll(made.values());
            } else {
                isEmptied |= part instanceof Emptied;
            }
        }
        if (!items.isEmpty()) {
            return new Items(items);
        }
        return texts.isEmpty() && isEmptied ? new Emptied() : texts(texts);
    }
}
