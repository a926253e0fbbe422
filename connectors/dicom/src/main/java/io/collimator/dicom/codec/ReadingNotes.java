package io.collimator.dicom.codec;

import io.collimator.dicom.data.Tag;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what was sloppy in a data set, and remembers where each kind was seen first; not thread-safe. */
public final class ReadingNotes implements SloppinessListener {

    /**
     * How often something was seen.
     *
     * @param count 1 or more
     * @param first the element where it was seen first
     */
    public record Note(int count, Tag first) {}

    private final Map<Sloppiness, Note> notes = new EnumMap<>(Sloppiness.class);

    @Override
    public void noticed(Sloppiness kind, Tag tag) {
        notes.merge(kind, new Note(1, tag), (seen, more) -> new Note(seen.count() + 1, seen.first()));
    }

    public boolean isEmpty() {
        return notes.isEmpty();
    }

    /** 0 when it was not seen. */
    public int count(Sloppiness kind) {
        Note note = notes.get(kind);
        return note == null ? 0 : note.count();
    }

    /** What was seen, in the order of {@link Sloppiness}; a view. */
    public Map<Sloppiness, Note> all() {
        return Collections.unmodifiableMap(notes);
    }

    /** {@code 3 odd-length from (0010,0010), 1 too-long from (0040,0007)}; no values, which may be patient data. */
    @Override
    public String toString() {
        return notes.entrySet().stream()
                .map(entry -> "%d %s from %s"
                        .formatted(
                                entry.getValue().count(),
                                entry.getKey().key(),
                                entry.getValue().first()))
                .collect(Collectors.joining(", "));
    }
}
