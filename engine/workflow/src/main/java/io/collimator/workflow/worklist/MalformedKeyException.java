package io.collimator.workflow.worklist;

import io.collimator.dicom.data.Tag;

/**
 * A key of a query has a value that its VR does not allow: the query fails (A900H), because to leave the key out would
 * widen the list.
 */
public final class MalformedKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Tag tag;

    /**
     * Names the key.
     *
     * @param comment without the value; 64 characters or less fit into an Error Comment
     */
    MalformedKeyException(Tag tag, String comment) {
        super(comment);
        this.tag = tag;
    }

    /** For Offending Element (0000,0901). */
    public Tag tag() {
        return tag;
    }

    /** For Error Comment (0000,0902). */
    public String comment() {
        return String.valueOf(getMessage());
    }
}
