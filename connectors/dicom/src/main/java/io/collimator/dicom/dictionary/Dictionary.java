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
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** VR and keyword of the standard's data elements (PS3.6 §6), read once from the table in this module. */
public final class Dictionary {

    private record Entry(Tag tag, String keyword, Vr vr) {}

    private static final Map<Tag, Entry> BY_TAG = new HashMap<>(8192);
    private static final Map<String, Entry> BY_KEYWORD = new HashMap<>(8192);

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
        Entry entry = BY_TAG.get(tag);
        if (entry != null) {
            return entry.vr();
        }
        if (tag.isGroupLength()) {
            return Vr.UL;
        }
        return tag.isPrivateCreator() ? Vr.LO : Vr.UN;
    }

    /** The keyword of a tag, for instance {@code PatientID}. */
    public static Optional<String> keywordOf(Tag tag) {
        return Optional.ofNullable(BY_TAG.get(tag)).map(Entry::keyword);
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
                // tag, keyword and VR never hold a comma; the name, which may, comes last
                String[] fields = line.split(",", 4);
                if (fields.length == 4 && !fields[1].isEmpty() && fields[0].indexOf('x') < 0) {
                    Tag tag = new Tag(Integer.parseUnsignedInt(fields[0], 16));
                    Entry entry = new Entry(tag, fields[1], vrNamed(fields[2]));
                    BY_TAG.put(tag, entry);
                    BY_KEYWORD.put(fields[1], entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data dictionary cannot be read from the jar.", e);
        }
    }

    private static Vr vrNamed(String name) {
        return switch (name) {
            case "US or SS" -> Vr.US;
            case "US or OW", "OB or OW", "US or SS or OW" -> Vr.OW;
            default -> Vr.ofCode(name).orElse(Vr.UN);
        };
    }
}
