package io.collimator.dicom.codec;

import io.collimator.dicom.data.Tag;

/**
 * Told of each {@link Sloppiness} while a data set is read, in the reading thread. {@link ReadingNotes} counts them.
 */
@FunctionalInterface
public interface SloppinessListener {

    /** Nobody listens; what only a listener wants to know is not looked for. */
    SloppinessListener NONE = (kind, tag) -> {};

    /** @param tag the element, or the one that it is about: (0002,0010) for a matter of the transfer syntax */
    void noticed(Sloppiness kind, Tag tag);
}
