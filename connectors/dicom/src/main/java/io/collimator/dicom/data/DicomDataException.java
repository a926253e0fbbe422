package io.collimator.dicom.data;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A data set, or bytes that should be one, that break PS3.5. The message holds no value that may be patient data. */
public final class DicomDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Tag tag;
    private final long offset;

    /**
     * @param tag the element at fault, when it is known
     * @param offset byte offset in the encoded data set, -1 when there is none
     */
    public DicomDataException(String message, @Nullable Tag tag, long offset) {
        super(message
                + (tag == null ? "" : " Element " + tag + ".")
                + (offset < 0 ? "" : " Byte offset " + offset + "."));
        this.tag = tag;
        this.offset = offset;
    }

    public DicomDataException(String message) {
        this(message, null, -1);
    }

    public Optional<Tag> tag() {
        return Optional.ofNullable(tag);
    }

    public long offset() {
        return offset;
    }
}
