package io.collimator.dicom.codec;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Data sets as bytes, and command sets too, which are in Implicit VR Little Endian (PS3.7 §6.3.1). Thread-safe.
 *
 * <p>Read leniently where the meaning is plain; {@link Sloppiness} lists what is read and reported. Group lengths are
 * neither read nor written, except in group 0000. Written strictly.
 */
public final class DataSetCodec {

    private final TransferSyntax transferSyntax;
    private final CodecLimits limits;

    public DataSetCodec(TransferSyntax transferSyntax, CodecLimits limits) {
        this.transferSyntax = transferSyntax;
        this.limits = limits;
    }

    /**
     * Decodes a whole data set; text comes out as Unicode by its Specific Character Set, without padding.
     *
     * @throws io.collimator.dicom.data.DicomDataException when the bytes are no data set or exceed a limit
     */
    public DataSet decode(byte[] bytes) {
        return decode(bytes, SloppinessListener.NONE);
    }

    /** Like {@link #decode(byte[])}, and tells what was sloppy, {@link ReadingNotes} for instance. */
    public DataSet decode(byte[] bytes, SloppinessListener listener) {
        LimitsAccount account = new LimitsAccount(limits);
        account.checkBytes(bytes.length);
        if (!transferSyntax.isDeflated()) {
            return decode(new Reading(DataSetInput.of(bytes), account, listener), tag -> true);
        }
        try (InputStream inflated =
                new InflatingStream(new ByteArrayInputStream(bytes), limits.maxInflation(), listener)) {
            return decode(new Reading(DataSetInput.of(inflated, limits.maxBytes()), account, listener), tag -> true);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot be read.", e);
        }
    }

    /**
     * Decodes the elements before {@code stop} and hands over the rest; of the stream hardly more is read than they need.
     *
     * @param stop usually (7FE0,0010) Pixel Data
     * @param maxRestBytes how much may follow
     * @throws io.collimator.dicom.data.DicomDataException when the bytes are no data set or exceed a limit
     */
    public DataSetHead decodeUpTo(Tag stop, InputStream in, long maxRestBytes, SloppinessListener listener)
            throws IOException {
        return decodeWhile(tag -> tag.compareTo(stop) < 0, in, maxRestBytes, listener);
    }

    /** Like {@link #decodeUpTo}, to the first element that is not wanted. */
    public DataSetHead decodeWhile(
            Predicate<Tag> wanted, InputStream in, long maxRestBytes, SloppinessListener listener) throws IOException {
        InputStream source =
                transferSyntax.isDeflated() ? new InflatingStream(in, limits.maxInflation(), listener) : in;
        DataSetInput input = DataSetInput.of(source, limits.maxBytes());
        try {
            DataSet head = decode(new Reading(input, new LimitsAccount(limits), listener), wanted);
            return new DataSetHead(head, new LimitedStream(input.rest(), maxRestBytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DataSet decode(Reading reading, Predicate<Tag> wanted) {
        return new ValueDecoder(reading)
                .decode(
                        new ElementReader(reading).readWhile(wanted, transferSyntax.layout()),
                        SpecificCharacterSet.ASCII);
    }

    /**
     * Encodes a data set; text in the Specific Character Set that it declares, sequences and items with defined length.
     * The limits are for what comes from outside and do not apply.
     *
     * @throws io.collimator.dicom.data.DicomDataException when a text has a character that the declared set does not
     *     have, or a value is not of its VR; see {@link SpecificCharacterSet#declareFor}
     */
    public byte[] encode(DataSet dataSet) {
        byte[] plain = DataSetWriter.write(dataSet, transferSyntax.layout());
        if (!transferSyntax.isDeflated()) {
            return plain;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            deflate(plain, InputStream.nullInputStream(), out);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes cannot be written to memory.", e);
        }
        return out.toByteArray();
    }

    /**
     * Encodes a data set whose last elements are encoded already, in this transfer syntax and before deflating.
     *
     * @param out is not closed
     */
    public void encode(DataSetHead dataSet, OutputStream out) throws IOException {
        byte[] head = DataSetWriter.write(dataSet.dataSet(), transferSyntax.layout());
        if (transferSyntax.isDeflated()) {
            deflate(head, dataSet.rest(), out);
        } else {
            out.write(head);
            dataSet.rest().transferTo(out);
        }
    }

    /** With one NUL where the length would be odd (PS3.5 §A.5). */
    private static void deflate(byte[] head, InputStream rest, OutputStream out) throws IOException {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater);
            deflated.write(head);
            rest.transferTo(deflated);
            deflated.finish();
            if (deflater.getBytesWritten() % 2 != 0) {
                out.write(0);
            }
        } finally {
            deflater.end();
        }
    }
}
