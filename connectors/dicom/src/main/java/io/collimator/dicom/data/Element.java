package io.collimator.dicom.data;

import java.util.List;

/**
 * A data element (PS3.5 §7.1).
 *
 * @param tag which element
 * @param vr its representation; decides which {@link Value} it holds
 * @param value its value field
 */
public record Element(Tag tag, Vr vr, Value value) {

    public Element {
        if (kindOf(value) != vr.kind()) {
            throw new IllegalArgumentException(
                    "%s has VR %s, which holds %s, but the value is %s.".formatted(tag, vr, vr.kind(), kindOf(value)));
        }
    }

    /** An element of zero length. */
    public static Element empty(Tag tag, Vr vr) {
        return new Element(
                tag,
                vr,
                switch (vr.kind()) {
                    case TEXT -> new Value.Text();
                    case INTEGERS -> new Value.Integers(List.of());
                    case REALS -> new Value.Reals(List.of());
                    case TAGS -> new Value.Tags(List.of());
                    case BYTES -> new Value.Bytes(new byte[0]);
                    case ITEMS -> new Value.Items(List.of());
                });
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    private static Vr.Kind kindOf(Value value) {
        if (value instanceof Value.Text) {
            return Vr.Kind.TEXT;
        } else if (value instanceof Value.Integers) {
            return Vr.Kind.INTEGERS;
        } else if (value instanceof Value.Reals) {
            return Vr.Kind.REALS;
        } else if (value instanceof Value.Tags) {
            return Vr.Kind.TAGS;
        } else if (value instanceof Value.Items) {
            return Vr.Kind.ITEMS;
        }
        return Vr.Kind.BYTES;
    }

    /** Tag, VR and size only: values may be patient data. */
    @Override
    public String toString() {
        return tag + " " + vr + (isEmpty() ? " empty" : "");
    }
}
