package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A SOP instance to send with C-STORE. Its data set is bytes in its transfer syntax, without preamble and file meta
 * information; it is passed on as it is and never decoded.
 *
 * @param dataSet where the bytes come from, opened when it is this instance's turn
 */
public record StoredInstance(Uid sopClass, Uid sopInstance, Uid transferSyntax, DataSetSource dataSet) {

    /** Opens the encoded data set; whoever opened it closes it. */
    @FunctionalInterface
    public interface DataSetSource {

        InputStream open() throws IOException;
    }

    /** An instance whose encoded data set is here. */
    public static StoredInstance of(Uid sopClass, Uid sopInstance, Uid transferSyntax, byte[] dataSet) {
        byte[] copy = dataSet.clone();
        return new StoredInstance(sopClass, sopInstance, transferSyntax, () -> new ByteArrayInputStream(copy));
    }
}
