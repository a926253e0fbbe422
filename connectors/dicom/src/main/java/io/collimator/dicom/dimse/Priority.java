package io.collimator.dicom.dimse;

/** Priority (0000,0700) of C-STORE, C-FIND, C-GET and C-MOVE requests (PS3.7 §9.1.1.1.6); a wish, no promise. */
public enum Priority {
    /** 0000H. */
    MEDIUM(0),
    /** 0001H. */
    HIGH(1),
    /** 0002H. */
    LOW(2);

    private final int code;

    Priority(int code) {
        this.code = code;
    }

    /** The value on the wire. */
    public int code() {
        return code;
    }

    /** The priority with this value; MEDIUM for one that the standard does not know. */
    public static Priority of(long code) {
        return code == HIGH.code ? HIGH : code == LOW.code ? LOW : MEDIUM;
    }
}
