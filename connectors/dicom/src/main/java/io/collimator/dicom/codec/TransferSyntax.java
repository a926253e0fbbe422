package io.collimator.dicom.codec;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import java.util.Arrays;
import java.util.Optional;

/** The transfer syntaxes that we encode (PS3.5 §10 and Annex A). */
public enum TransferSyntax {
    IMPLICIT_VR_LITTLE_ENDIAN(Uids.ImplicitVRLittleEndian, ElementLayout.IMPLICIT_LITTLE_ENDIAN),
    EXPLICIT_VR_LITTLE_ENDIAN(Uids.ExplicitVRLittleEndian, ElementLayout.EXPLICIT_LITTLE_ENDIAN),
    /** The whole data set compressed by RFC 1951 (PS3.5 §A.5). */
    DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN(Uids.DeflatedExplicitVRLittleEndian, ElementLayout.EXPLICIT_LITTLE_ENDIAN),
    /** Retired; of old modalities (PS3.5-2016 §A.3). */
    EXPLICIT_VR_BIG_ENDIAN(Uids.ExplicitVRBigEndian, ElementLayout.EXPLICIT_BIG_ENDIAN);

    /** Under this root are those for compressed images and video (PS3.6 §A.1). */
    private static final String COMPRESSED_IMAGES = "1.2.840.10008.1.2.4.";

    private final Uid uid;
    private final ElementLayout layout;

    TransferSyntax(Uid uid, ElementLayout layout) {
        this.uid = uid;
        this.layout = layout;
    }

    public Uid uid() {
        return uid;
    }

    ElementLayout layout() {
        return layout;
    }

    boolean isDeflated() {
        return this == DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;
    }

    public static Optional<TransferSyntax> of(Uid uid) {
        return Arrays.stream(values()).filter(syntax -> syntax.uid.equals(uid)).findFirst();
    }

    /**
     * The syntax that a data set under this UID is read with: itself, or, for compressed images, Explicit VR Little
     * Endian around fragments that pass through (PS3.5 §A.4). Empty when we cannot read it.
     */
    public static Optional<TransferSyntax> encodingOf(Uid uid) {
        Optional<TransferSyntax> own = of(uid);
        if (own.isPresent()) {
            return own;
        }
        if (uid.equals(Uids.JPIPReferencedDeflate)) {
            return Optional.of(DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
        }
        return uid.value().startsWith(COMPRESSED_IMAGES)
                        || uid.equals(Uids.RLELossless)
                        || uid.equals(Uids.EncapsulatedUncompressedExplicitVRLittleEndian)
                ? Optional.of(EXPLICIT_VR_LITTLE_ENDIAN)
                : Optional.empty();
    }
}
