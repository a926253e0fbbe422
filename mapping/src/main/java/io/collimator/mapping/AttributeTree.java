package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects attributes at any depth; each sequence on the way to one has a single item. Not thread-safe. */
final class AttributeTree {

    private final Map<Tag, Element> elements = new TreeMap<>();
    private final Map<Tag, AttributeTree> items = new TreeMap<>();

    /** The item of a sequence, made when it is not there. */
    AttributeTree item(Tag sequence) {
        return items.computeIfAbsent(sequence, tag -> new AttributeTree());
    }

    void put(Target target, Produced produced) {
        AttributeTree place = this;
        for (Tag sequence : target.sequences()) {
            place = place.item(sequence);
        }
        place.elements.put(target.tag(), element(target, produced));
    }

    /** Puts an element of the entry itself in, or takes it away. */
    void set(Tag tag, Optional<Element> element) {
        element.ifPresentOrElse(value -> elements.put(tag, value), () -> elements.remove(tag));
    }

    /** The text values of an attribute; none when it is absent or empty. */
    List<String> texts(Target target) {
        Element element = find(target);
        return element != null && element.value() instanceof Value.Text text ? text.values() : List.of();
    }

    /** Whether it is there, with a value or without. */
    boolean contains(Target target) {
        return find(target) != null;
    }

    boolean hasValue(Target target) {
        Element element = find(target);
        return element != null && !element.isEmpty();
    }

    private @Nullable Element find(Target target) {
        AttributeTree place = this;
        for (Tag sequence : target.sequences()) {
            place = place.items.get(sequence);
            if (place == null) {
                return null;
            }
        }
        return place.elements.get(target.tag());
    }

    DataSet build() {
        DataSet.Builder builder = Dictionary.dataSet();
        elements.values().forEach(builder::put);
        items.forEach((sequence, item) -> builder.items(sequence, item.build()));
        return builder.build();
    }

    private static Element element(Target target, Produced produced) {
        if (target.vr() == Vr.SQ) {
            List<DataSet> values = produced instanceof Produced.Items made ? made.values() : List.of();
            return new Element(target.tag(), Vr.SQ, new Value.Items(values));
        }
        List<String> values = produced instanceof Produced.Texts made ? made.values() : List.of();
        return target.vr().kind() == Vr.Kind.INTEGERS
                ? new Element(
                        target.tag(),
                        target.vr(),
                        new Value.Integers(values.stream().map(Long::valueOf).toList()))
                : new Element(target.tag(), target.vr(), new Value.Text(values));
    }
}
