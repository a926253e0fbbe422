package io.collimator.dicom.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable data set: elements in ascending order of their tags (PS3.5 §7.1). {@link #toString()} shows tags only,
 * because values may be patient data.
 */
public final class DataSet implements Iterable<Element> {

    private static final DataSet EMPTY = new DataSet(new Element[0]);

    /** Ascending; no tag twice. */
    private final Element[] elements;

    private DataSet(Element[] elements) {
        this.elements = elements;
    }

    public static DataSet empty() {
        return EMPTY;
    }

    /**
     * A builder that asks for the VR of a tag where none is given; {@code Dictionary.dataSet()} is the usual way to one.
     */
    public static Builder builder(Function<Tag, Vr> dictionary) {
        return new Builder(new ArrayList<>(), dictionary);
    }

    /** A data set of elements in any order; of several with one tag the last one counts. */
    public static DataSet of(Collection<Element> elements) {
        Element[] sorted = elements.toArray(Element[]::new);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i - 1].tag().compareTo(sorted[i].tag()) >= 0) {
                return new DataSet(withoutRepetitions(sorted));
            }
        }
        return sorted.length == 0 ? EMPTY : new DataSet(sorted);
    }

    private static Element[] withoutRepetitions(Element[] elements) {
        // stable: what came last of one tag stands last
        Arrays.sort(elements, Comparator.comparing(Element::tag));
        int size = 0;
        for (int i = 0; i < elements.length; i++) {
            boolean repeated = i + 1 < elements.length && elements[i].tag().equals(elements[i + 1].tag());
            if (!repeated) {
                elements[size++] = elements[i];
            }
        }
        return Arrays.copyOf(elements, size);
    }

    public int size() {
        return elements.length;
    }

    public boolean isEmpty() {
        return elements.length == 0;
    }

    /** Whether the element is there, with a value or without. */
    public boolean contains(Tag tag) {
        return find(tag) != null;
    }

    /** Whether the element is there and has a value; for sequences: at least one item. */
    public boolean hasValue(Tag tag) {
        Element element = find(tag);
        return element != null && !element.isEmpty();
    }

    public Optional<Element> get(Tag tag) {
        return Optional.ofNullable(find(tag));
    }

    private @Nullable Element find(Tag tag) {
        int place = placeOf(tag);
        return place < 0 ? null : elements[place];
    }

    /** As {@link Arrays#binarySearch} has it. */
    private int placeOf(Tag tag) {
        int low = 0;
        int high = elements.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = elements[middle].tag().compareTo(tag);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(low + 1);
    }

    /** The first value of a text element; "" when it is absent, empty or no text. */
    public String text(Tag tag) {
        List<String> values = texts(tag);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The values of a text element; none when it is absent, empty or no text. */
    public List<String> texts(Tag tag) {
        Element element = find(tag);
        return element != null && element.value() instanceof Value.Text text ? text.values() : List.of();
    }

    /** The first value of an integer element. */
    public OptionalLong integer(Tag tag) {
        Element element = find(tag);
        return element != null && element.value() instanceof Value.Integers integers && !integers.isEmpty()
                ? OptionalLong.of(integers.values().get(0))
                : OptionalLong.empty();
    }

    /** The items of a sequence; none when it is absent, empty or no sequence. */
    public List<DataSet> items(Tag tag) {
        Element element = find(tag);
        return element != null && element.value() instanceof Value.Items items ? items.values() : List.of();
    }

    /** The first item of a sequence, else an empty data set. */
    public DataSet item(Tag tag) {
        List<DataSet> items = items(tag);
        return items.isEmpty() ? EMPTY : items.get(0);
    }

    /** This data set with the element put in place of what it had under that tag. */
    public DataSet with(Element element) {
        int place = placeOf(element.tag());
        if (place >= 0) {
            Element[] copy = elements.clone();
            copy[place] = element;
            return new DataSet(copy);
        }
        int before = -(place + 1);
        Element[] copy = new Element[elements.length + 1];
        System.arraycopy(elements, 0, copy, 0, before);
        copy[before] = element;
        System.arraycopy(elements, before, copy, before + 1, elements.length - before);
        return new DataSet(copy);
    }

    public DataSet without(Tag tag) {
        int place = placeOf(tag);
        if (place < 0) {
            return this;
        }
        Element[] copy = new Element[elements.length - 1];
        System.arraycopy(elements, 0, copy, 0, place);
        System.arraycopy(elements, place + 1, copy, place, copy.length - place);
        return new DataSet(copy);
    }

    /** This data set with every element of the other put in place of its own; sequences are replaced, not merged. */
    public DataSet withAll(DataSet other) {
        List<Element> all = new ArrayList<>(elements());
        all.addAll(other.elements());
        return of(all);
    }

    /** The elements, ascending; cannot be modified. */
    public List<Element> elements() {
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    public Builder toBuilder(Function<Tag, Vr> dictionary) {
        return new Builder(new ArrayList<>(elements()), dictionary);
    }

    @Override
    public Iterator<Element> iterator() {
        return elements().iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof DataSet dataSet && Arrays.equals(elements, dataSet.elements));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    @Override
    public String toString() {
        return "DataSet" + elements();
    }

    /** Collects elements; not thread-safe. */
    public static final class Builder {

        /** As they were put: of several with one tag the last one counts. */
        private final List<Element> elements;

        private final Function<Tag, Vr> dictionary;

        private Builder(List<Element> elements, Function<Tag, Vr> dictionary) {
            this.elements = elements;
            this.dictionary = dictionary;
        }

        public Builder put(Element element) {
            elements.add(element);
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
            if (values.length == 0) {
                return put(Element.empty(tag, vr));
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
                case BYTES, ITEMS ->
                    throw new IllegalArgumentException(
                            "%s has VR %s, which holds no text; put an Element with %s.".formatted(tag, vr, vr.kind()));
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
            elements.addAll(other.elements());
            return this;
        }

        public Builder remove(Tag tag) {
            elements.removeIf(element -> element.tag().equals(tag));
            return this;
        }

        public DataSet build() {
            return of(elements);
        }
    }
}
