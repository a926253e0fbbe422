package io.collimator.dicom.codec;

/** How elements stand in the bytes (PS3.5 §7.1, §7.3). */
enum ElementLayout {
    IMPLICIT_LITTLE_ENDIAN(true, false),
    EXPLICIT_LITTLE_ENDIAN(false, false),
    EXPLICIT_BIG_ENDIAN(false, true);

    private final boolean implicit;
    private final boolean bigEndian;

    ElementLayout(boolean implicit, boolean bigEndian) {
        this.implicit = implicit;
        this.bigEndian = bigEndian;
    }

    boolean isImplicit() {
        return implicit;
    }

    boolean isBigEndian() {
        return bigEndian;
    }
}
