package io.collimator.dicom.data;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable data set: elements in ascending order of their tags (PS3.5 §7.1). {@link #toString()} shows tags only,
 * because values may be patient data.
 */
public final class DataSet implements Iterable<Element> {

    private static final DataSet EMPTY = new DataSet(new TreeMap<>());

    private final NavigableMap<Tag, Element> elements;

    private DataSet(NavigableMap<Tag, Element> elements) {
        this.elements = elements;
    }

    public static DataSet empty() {
        return EMPTY;
    }

    /**
     * A builder that asks for the VR of a tag where none is given; {@code Dictionary.dataSet()} is the usual way to one.
     */
    public static Builder builder(Function<Tag, Vr> dictionary) {
        return new Builder(new TreeMap<>(), dictionary);
    }

    public static DataSet of(Collection<Element> elements) {
        TreeMap<Tag, Element> sorted = new TreeMap<>();
        elements.forEach(element -> sorted.put(element.tag(), element));
        return new DataSet(sorted);
    }

    public int size() {
        return elements.size();
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Whether the element is there, with a value or without. */
    public boolean contains(Tag tag) {
        return elements.containsKey(tag);
    }

    /** Whether the element is there and has a value; for sequences: at least one item. */
    public boolean hasValue(Tag tag) {
        Element element = elements.get(tag);
        return element != null && !element.isEmpty();
    }

    public Optional<Element> get(Tag tag) {
        return Optional.ofNullable(elements.get(tag));
    }

    /** The first value of a text element; "" when it is absent, empty or no text. */
    public String text(Tag tag) {
        List<String> values = texts(tag);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The values of a text element; none when it is absent, empty or no text. */
    public List<String> texts(Tag tag) {
        Element element = elements.get(tag);
        return element != null && element.value() instanceof Value.Text text ? text.values() : List.of();
    }

    /** The first value of an integer element. */
    public OptionalLong integer(Tag tag) {
        Element element = elements.get(tag);
        return element != null && element.value() instanceof Value.Integers integers && !integers.isEmpty()
                ? OptionalLong.of(integers.values().get(0))
                : OptionalLong.empty();
    }

    /** The items of a sequence; none when it is absent, empty or no sequence. */
    public List<DataSet> items(Tag tag) {
        Element element = elements.get(tag);
        return element != null && element.value() instanceof Value.Items items ? items.values() : List.of();
    }

    /** The first item of a sequence, else an empty data set. */
    public DataSet item(Tag tag) {
        List<DataSet> items = items(tag);
        return items.isEmpty() ? EMPTY : items.get(0);
    }

    /** This data set with the element put in place of what it had under that tag. */
    public DataSet with(Element element) {
        TreeMap<Tag, Element> copy = new TreeMap<>(elements);
        copy.put(element.tag(), element);
        return new DataSet(copy);
    }

    public DataSet without(Tag tag) {
        if (!elements.containsKey(tag)) {
            return this;
        }
        TreeMap<Tag, Element> copy = new TreeMap<>(elements);
        copy.remove(tag);
        return new DataSet(copy);
    }

    /** This data set with every element of the other put in place of its own; sequences are replaced, not merged. */
    public DataSet withAll(DataSet other) {
        TreeMap<Tag, Element> copy = new TreeMap<>(elements);
        copy.putAll(other.elements);
        return new DataSet(copy);
    }

    /** The elements from one group, for instance 0000H. */
    public SortedMap<Tag, Element> group(int group) {
        return elements.subMap(Tag.of(group, 0), true, Tag.of(group, 0xFFFF), true);
    }

    public Collection<Element> elements() {
        return List.copyOf(elements.values());
    }

    public Builder toBuilder(Function<Tag, Vr> dictionary) {
        return new Builder(new TreeMap<>(elements), dictionary);
    }

    @Override
    public Iterator<Element> iterator() {
        return List.copyOf(elements.values()).iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof DataSet dataSet && elements.equals(dataSet.elements));
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    @Override
    public String toString() {
        return "DataSet" + elements.values();
    }

    /** Collects elements; not thread-safe. */
    public static final class Builder {

        private final NavigableMap<Tag, Element> elements;
        private final Function<Tag, Vr> dictionary;

        private Builder(NavigableMap<Tag, Element> elements, Function<Tag, Vr> dictionary) {
            this.elements = elements;
            this.dictionary = dictionary;
        }

        public Builder put(Element element) {
            elements.put(element.tag(), element);
            return this;
        }

        /** Text values, numbers of US, UL, SS, SL included in decimal; without values: zero length. */
        public Builder put(Tag tag, String... values) {
            return put(tag, dictionary.apply(tag), values);
        }

        /**
         * Like {@link #put(Tag, String...)} with the VR given.
         *
         * @throws IllegalArgumentException when there are values and the VR holds bytes or items, or a number is none
         */
        public Builder put(Tag tag, Vr vr, String... values) {
            if (values.length > 0 && (vr.kind() == Vr.Kind.BYTES || vr.kind() == Vr.Kind.ITEMS)) {
                throw new IllegalArgumentException(
                        "%s has VR %s, which holds no text; put an Element with %s.".formatted(tag, vr, vr.kind()));
            }
            return switch (vr.kind()) {
                case TEXT -> put(new Element(tag, vr, new Value.Text(values)));
                case INTEGERS ->
                    put(new Element(
                            tag,
                            vr,
                            new Value.Integers(
                                    List.of(values).stream().map(Long::valueOf).toList())));
                case REALS ->
                    put(new Element(
                            tag,
                            vr,
                            new Value.Reals(List.of(values).stream()
                                    .map(Double::valueOf)
                                    .toList())));
                case TAGS ->
                    put(new Element(
                            tag,
                            vr,
                            new Value.Tags(
                                    List.of(values).stream().map(Tag::parse).toList())));
                case BYTES -> put(new Element(tag, vr, new Value.Bytes(new byte[0])));
                case ITEMS -> put(new Element(tag, vr, new Value.Items(List.of())));
            };
        }

        public Builder put(Tag tag, Uid uid) {
            return put(tag, Vr.UI, uid.value());
        }

        public Builder put(Tag tag, long value) {
            return put(new Element(tag, dictionary.apply(tag), new Value.Integers(List.of(value))));
        }

        /** A sequence with these items. */
        public Builder items(Tag tag, DataSet... items) {
            return items(tag, List.of(items));
        }

        public Builder items(Tag tag, List<DataSet> items) {
            return put(new Element(tag, Vr.SQ, new Value.Items(items)));
        }

        public Builder putAll(DataSet other) {
            elements.putAll(other.elements);
            return this;
        }

        public Builder remove(Tag tag) {
            elements.remove(tag);
            return this;
        }

        public DataSet build() {
            return new DataSet(new TreeMap<>(elements));
        }
    }
}
