package io.collimator.dicom.data;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A data set, or bytes that should be one, that break PS3.5. The message holds no value that may be patient data. */
public final class DicomDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final transient @Nullable Tag tag;
    private final String path;
    private final long offset;

    /**
     * @param tag the element at fault, when it is known
     * @param offset byte offset in the encoded data set, -1 when there is none
     */
    public DicomDataException(String message, @Nullable Tag tag, long offset) {
        this(message, tag, tag == null ? "" : tag.toString(), offset);
    }

    public DicomDataException(String message) {
        this(message, null, -1);
    }

    private DicomDataException(String problem, @Nullable Tag tag, String path, long offset) {
        super(problem
                + (path.isEmpty() ? "" : " Element " + path + ".")
                + (offset < 0 ? "" : " Byte offset " + offset + "."));
        this.problem = problem;
        this.tag = tag;
        this.path = path;
        this.offset = offset;
    }

    /**
     * This problem as one within an item, so that its path says where.
     *
     * @param item its place in the sequence, 1 for the first
     */
    public DicomDataException within(Tag sequence, int item) {
        String outer = sequence + "[" + item + "]";
        DicomDataException located =
                new DicomDataException(problem, tag, path.isEmpty() ? outer : outer + "." + path, offset);
        located.setStackTrace(getStackTrace());
        return located;
    }

    /** The element at fault itself, without the sequences around it. */
    public Optional<Tag> tag() {
        return Optional.ofNullable(tag);
    }

    /** From the outermost sequence to the element, items from 1: {@code (0040,0100)[2].(0008,0060)}; "" if unknown. */
    public String path() {
        return path;
    }

    public long offset() {
        return offset;
    }
}
