package io.collimator.dicom.codec;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.DataSet;

/**
 * Data sets as bytes, and command sets too, which are in Implicit VR Little Endian (PS3.7 §6.3.1). Thread-safe.
 *
 * <p>Read leniently where the meaning is plain: elements out of order (of the same tag the last counts), odd lengths,
 * padding with NUL, UN for an element that the dictionary knows. Group lengths are neither read nor written, except in
 * group 0000.
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
        LimitsAccount account = new LimitsAccount(limits);
        account.checkBytes(bytes.length);
        LittleEndianInput input = new LittleEndianInput(bytes);
        return new ValueDecoder(input, account)
                .decode(new ElementReader(input, account).readAll(isImplicit()), SpecificCharacterSet.ASCII);
    }

    /**
     * Encodes a data set; text in the Specific Character Set that it declares, sequences and items with defined length.
     * The limits are for what comes from outside and do not apply.
     *
     * @throws io.collimator.dicom.data.DicomDataException when a text has a character that the declared set does not
     *     have, or a value is not of its VR; see {@link SpecificCharacterSet#declareFor}
     */
    public byte[] encode(DataSet dataSet) {
        return new DataSetWriter(isImplicit()).write(dataSet, SpecificCharacterSet.ASCII);
    }

    private boolean isImplicit() {
        return transferSyntax == TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
    }
}
