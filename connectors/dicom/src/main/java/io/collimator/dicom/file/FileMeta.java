package io.collimator.dicom.file;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.Optional;

/**
 * File meta information: what stands before the data set of a file (PS3.10 §7.1).
 *
 * @param elements of group 0002; of a file that was read perhaps not all that must be there
 */
public record FileMeta(DataSet elements) {

    /** What we call ourselves at associations too (PS3.7 §D.3.3.2). */
    private static final Uid IMPLEMENTATION = Uid.ofName("io.collimator");

    private static final String IMPLEMENTATION_VERSION = "COLLIMATOR";

    public FileMeta {
        for (Element element : elements) {
            if (element.tag().group() != 2) {
                throw new IllegalArgumentException(
                        "%s is no file meta information; put it into the data set.".formatted(element.tag()));
            }
        }
    }

    /** For a file that we write. */
    public static FileMeta of(Uid sopClass, Uid sopInstance, Uid transferSyntax) {
        return new FileMeta(Dictionary.dataSet()
                .put(new Element(Tags.FileMetaInformationVersion, Vr.OB, new Value.Bytes(new byte[] {0, 1})))
                .put(Tags.MediaStorageSOPClassUID, sopClass)
                .put(Tags.MediaStorageSOPInstanceUID, sopInstance)
                .put(Tags.TransferSyntaxUID, transferSyntax)
                .put(Tags.ImplementationClassUID, IMPLEMENTATION)
                .put(Tags.ImplementationVersionName, IMPLEMENTATION_VERSION)
                .build());
    }

    public Optional<Uid> sopClass() {
        return uid(Tags.MediaStorageSOPClassUID);
    }

    public Optional<Uid> sopInstance() {
        return uid(Tags.MediaStorageSOPInstanceUID);
    }

    public Optional<Uid> transferSyntax() {
        return uid(Tags.TransferSyntaxUID);
    }

    private Optional<Uid> uid(Tag tag) {
        return Uid.parse(elements.text(tag));
    }
}
