package io.collimator.dicom.dcm4che;

import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.operation.AcceptedContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;

/** Commands and data sets between dcm4che's types and ours: always as the bytes that stand on the wire. */
final class Wire {

    private static final String IMPLICIT = Uids.ImplicitVRLittleEndian.value();

    private Wire() {}

    /**
     * Our view of a command set.
     *
     * @throws io.collimator.dicom.data.DicomDataException when it lacks what an answer needs
     */
    static DimseCommand command(Attributes commandSet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DicomOutputStream out = new DicomOutputStream(bytes, IMPLICIT)) {
            out.writeCommand(commandSet);
        } catch (IOException e) {
            throw new UncheckedIOException("A command set could not be written to memory.", e);
        }
        return CommandCodec.decode(bytes.toByteArray());
    }

    static Attributes commandSet(DimseCommand command) {
        try (DicomInputStream in =
                new DicomInputStream(new ByteArrayInputStream(CommandCodec.encode(command)), IMPLICIT)) {
            Attributes commandSet = in.readCommand();
            commandSet.remove(Tag.CommandGroupLength);
            return commandSet;
        } catch (IOException e) {
            throw new UncheckedIOException("A command set could not be read from memory.", e);
        }
    }

    /** The data set of a response, which dcm4che has decoded, as bytes of {@link #syntaxOfResponses}. */
    static byte[] dataSet(Attributes dataSet, Uid transferSyntax) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DicomOutputStream out = new DicomOutputStream(
                bytes, syntaxOfResponses(transferSyntax).uid().value())) {
            out.writeDataset(null, dataSet);
        } catch (IOException e) {
            throw new UncheckedIOException("A data set could not be written to memory.", e);
        }
        return bytes.toByteArray();
    }

    /** In what our bytes of a response are: dcm4che inflates and deflates itself, and turns big endian into little. */
    static TransferSyntax syntaxOfResponses(Uid transferSyntax) {
        return transferSyntax.equals(Uids.ImplicitVRLittleEndian)
                ? TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN
                : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    }

    /** In what we encode the data set of a response of ours. */
    static TransferSyntax syntaxToWrite(AcceptedContext context) {
        return context.transferSyntaxUid().equals(Uids.DeflatedExplicitVRLittleEndian)
                ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN
                : context.transferSyntax();
    }

    /** A data set for a response of ours: dcm4che takes those as {@link Attributes} only. */
    static Attributes encoded(byte[] dataSet, AcceptedContext context) {
        return new Encoded(dataSet, context.transferSyntaxUid().equals(Uids.ExplicitVRBigEndian));
    }

    /** Writes bytes where its parent writes elements; holds no elements. */
    private static final class Encoded extends Attributes {

        private static final long serialVersionUID = 1L;

        private final byte[] dataSet;

        Encoded(byte[] dataSet, boolean bigEndian) {
            super(bigEndian, 1);
            this.dataSet = dataSet;
        }

        @Override
        public void writeTo(DicomOutputStream out) throws IOException {
            out.write(dataSet);
        }
    }
}
