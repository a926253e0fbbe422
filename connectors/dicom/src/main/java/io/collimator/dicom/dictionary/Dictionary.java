package io.collimator.dicom.dictionary;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Vr;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** VR and keyword of the standard's data elements (PS3.6 §6), read once from the table in this module. */
public final class Dictionary {

    /** @param others the representations that the standard allows besides */
    private record Entry(Tag tag, String keyword, Vr vr, Set<Vr> others, boolean isMultiple) {}

    /** Elements of the groups and numbers that repeat, such as (60xx,3000), by the digits that are fixed (PS3.5 §7.6). */
    private record Repeating(int mask, Map<Tag, Entry> entries) {}

    private static final Map<Tag, Entry> BY_TAG = new HashMap<>(8192);
    private static final Map<String, Entry> BY_KEYWORD = new HashMap<>(8192);
    private static final List<Repeating> REPEATING = new ArrayList<>();

    static {
        load();
    }

    private Dictionary() {}

    /** A data set builder that takes VRs from this dictionary. */
    public static DataSet.Builder dataSet() {
        return DataSet.builder(Dictionary::vrOf);
    }

    /** A builder that starts with the elements of a data set. */
    public static DataSet.Builder dataSet(DataSet start) {
        return start.toBuilder(Dictionary::vrOf);
    }

    /**
     * The VR of a tag for Implicit VR (PS3.5 §6.2.2, §7.8): UL for group lengths, LO for private creators, US where the
     * standard says "US or SS", OW where it says "OB or OW", UN when the tag is not known.
     */
    public static Vr vrOf(Tag tag) {
        Entry entry = find(tag);
        if (entry != null) {
            return entry.vr();
        }
        if (tag.isGroupLength()) {
            return Vr.UL;
        }
        return tag.isPrivateCreator() ? Vr.LO : Vr.UN;
    }

    /** Whether the standard allows this VR for the tag; true for tags that it does not know. */
    public static boolean allows(Tag tag, Vr vr) {
        Entry entry = find(tag);
        return entry == null || entry.vr() == vr || entry.others().contains(vr);
    }

    /** Whether the standard allows more than one value (VM, PS3.5 §6.4); true for tags that it does not know. */
    public static boolean isMultiple(Tag tag) {
        Entry entry = find(tag);
        return entry == null || entry.isMultiple();
    }

    /** Whether the tag is one of the standard's, overlays and other groups that repeat included. */
    public static boolean knows(Tag tag) {
        return find(tag) != null;
    }

    private static @Nullable Entry find(Tag tag) {
        Entry entry = BY_TAG.get(tag);
        if (entry == null && !tag.isPrivate()) {
            for (Repeating repeating : REPEATING) {
                entry = entry == null ? repeating.entries().get(new Tag(tag.value() & repeating.mask())) : entry;
            }
        }
        return entry;
    }

    /** The keyword of a tag, for instance {@code PatientID}. */
    public static Optional<String> keywordOf(Tag tag) {
        return Optional.ofNullable(BY_TAG.get(tag)).map(Entry::keyword);
    }

    /** Every keyword of the standard. */
    public static Set<String> keywords() {
        return Collections.unmodifiableSet(BY_KEYWORD.keySet());
    }

    public static Optional<Tag> tagOf(String keyword) {
        return Optional.ofNullable(BY_KEYWORD.get(keyword)).map(Entry::tag);
    }

    private static void load() {
        try (InputStream table = Objects.requireNonNull(
                        Dictionary.class.getResourceAsStream("data-elements.csv"),
                        "data-elements.csv is not in the jar");
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the first four never hold a comma; the name, which may, comes last
                String[] fields = line.split(",", 5);
                if (fields.length == 5 && !fields[1].isEmpty()) {
                    add(fields[0], fields[1], fields[2], !fields[3].equals("1"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data dictionary cannot be read from the jar.", e);
        }
    }

    private static void add(String digits, String keyword, String vr, boolean isMultiple) {
        Tag tag = new Tag(Integer.parseUnsignedInt(digits.replace('x', '0'), 16));
        Entry entry = new Entry(tag, keyword, vrNamed(vr), alternatives(vr), isMultiple);
        if (digits.indexOf('x') < 0) {
            BY_TAG.put(tag, entry);
            BY_KEYWORD.put(keyword, entry);
        } else {
            int mask = Integer.parseUnsignedInt(digits.replaceAll("[^x]", "F").replace('x', '0'), 16);
            entriesOf(mask).put(tag, entry);
        }
    }

    private static Map<Tag, Entry> entriesOf(int mask) {
        for (Repeating repeating : REPEATING) {
            if (repeating.mask() == mask) {
                return repeating.entries();
            }
        }
        REPEATING.add(new Repeating(mask, new HashMap<>()));
        return REPEATING.get(REPEATING.size() - 1).entries();
    }

    private static Set<Vr> alternatives(String name) {
        return Arrays.stream(name.split(" or "))
                .flatMap(code -> Vr.ofCode(code).stream())
                .collect(Collectors.toSet());
    }

    private static Vr vrNamed(String name) {
        return switch (name) {
            case "US or SS" -> Vr.US;
            case "US or OW", "OB or OW", "US or SS or OW" -> Vr.OW;
            default -> Vr.ofCode(name).orElse(Vr.UN);
        };
    }
}
