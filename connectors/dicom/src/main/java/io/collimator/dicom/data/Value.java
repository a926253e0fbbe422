package io.collimator.dicom.data;

import java.util.Arrays;
import java.util.List;

/**
 * The value field of an element: a closed set, so that a reader handles each kind and the compiler knows (PS3.5 §6.2).
 * An empty list, or no bytes, is a zero-length value.
 */
public sealed interface Value {

    boolean isEmpty();

    /** AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT; one string a value, without padding. */
    record Text(List<String> values) implements Value {
        public Text {
            values = List.copyOf(values);
        }

        public Text(String... values) {
            this(List.of(values));
        }

        @Override
        public boolean isEmpty() {
            return values.isEmpty();
        }

        /** How many only: values may be patient data. */
        @Override
        public String toString() {
            return "Text[" + values.size() + "]";
        }
    }

    /** SS US SL UL SV UV; UV above 2^63-1 is the negative number of the same bits. */
    record Integers(List<Long> values) implements Value {
        public Integers {
            values = List.copyOf(values);
        }

        @Override
        public boolean isEmpty() {
            return values.isEmpty();
        }
    }

    /** FL FD. */
    record Reals(List<Double> values) implements Value {
        public Reals {
            values = List.copyOf(values);
        }

        @Override
        public boolean isEmpty() {
            return values.isEmpty();
        }
    }

    /** AT. */
    record Tags(List<Tag> values) implements Value {
        public Tags {
            values = List.copyOf(values);
        }

        @Override
        public boolean isEmpty() {
            return values.isEmpty();
        }
    }

    /** SQ. An item without elements is legal and is not the same as no item. */
    record Items(List<DataSet> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public boolean isEmpty() {
            return values.isEmpty();
        }
    }

    /**
     * OB or OW of undefined length: compressed pixel data in fragments, the first of which is the offset table
     * (PS3.5 §A.4). They pass through and are never decoded.
     */
    record Fragments(List<Bytes> values) implements Value {
        public Fragments {
            values = List.copyOf(values);
        }

        @Override
        public boolean isEmpty() {
            return values.isEmpty();
        }
    }

    /** OB OD OF OL OV OW UN, as they stand on the wire in little endian. */
    final class Bytes implements Value {
        private final byte[] content;

        public Bytes(byte[] content) {
            this.content = content.clone();
        }

        /** A copy. */
        public byte[] content() {
            return content.clone();
        }

        public int length() {
            return content.length;
        }

        @Override
        public boolean isEmpty() {
            return content.length == 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }

        @Override
        public String toString() {
            return "Bytes[" + content.length + "]";
        }
    }
}
