package io.collimator.mapping;

import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The attribute that a rule makes.
 *
 * @param name as written in the rule: keywords joined by dots
 * @param path tags from the outermost sequence, then the keyword: {@code (0040,0100)>(0008,0060) Modality}
 * @param sequences the sequences it stands in, outermost first; each gets one item
 */
record Target(String name, String path, List<Tag> sequences, Tag tag, Vr vr) {

    Target {
        sequences = List.copyOf(sequences);
    }

    /** The first keyword that is none, or that holds others and is no sequence. */
    static Optional<String> faultIn(String name) {
        String[] keywords = name.split("\\.", -1);
        for (int i = 0; i < keywords.length; i++) {
            Optional<Tag> tag = Dictionary.tagOf(keywords[i]);
            if (tag.isEmpty() || (i < keywords.length - 1 && Dictionary.vrOf(tag.get()) != Vr.SQ)) {
                return Optional.of(keywords[i]);
            }
        }
        return Optional.empty();
    }

    /** @param name without fault */
    static Target of(String name) {
        List<Tag> tags = new ArrayList<>();
        for (String keyword : name.split("\\.", -1)) {
            tags.add(Dictionary.tagOf(keyword).orElseThrow());
        }
        Tag tag = tags.remove(tags.size() - 1);
        String outer = tags.stream().map(sequence -> sequence + ">").collect(Collectors.joining());
        String path = outer + tag + " " + keyword(name);
        return new Target(name, path, tags, tag, Dictionary.vrOf(tag));
    }

    /** Whether it is this attribute of the entry itself. */
    boolean isTopLevel(Tag other) {
        return sequences.isEmpty() && tag.equals(other);
    }

    /** Whether it is the end of the step, which is its start and a number of minutes. */
    boolean isEnd() {
        return tag.equals(Tags.ScheduledProcedureStepEndDate) || tag.equals(Tags.ScheduledProcedureStepEndTime);
    }

    /** The last keyword. */
    String keyword() {
        return keyword(name);
    }

    private static String keyword(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
