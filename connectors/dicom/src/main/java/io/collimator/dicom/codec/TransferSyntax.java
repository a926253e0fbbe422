package io.collimator.dicom.codec;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import java.util.Arrays;
import java.util.Optional;

/** The transfer syntaxes that we encode (PS3.5 §10 and Annex A). */
public enum TransferSyntax {
    IMPLICIT_VR_LITTLE_ENDIAN(Uids.ImplicitVRLittleEndian),
    EXPLICIT_VR_LITTLE_ENDIAN(Uids.ExplicitVRLittleEndian);

    private final Uid uid;

    TransferSyntax(Uid uid) {
        this.uid = uid;
    }

    public Uid uid() {
        return uid;
    }

    public static Optional<TransferSyntax> of(Uid uid) {
        return Arrays.stream(values()).filter(syntax -> syntax.uid.equals(uid)).findFirst();
    }
}
