package io.collimator.dicom.net.pdu;

/** The first six bytes of a PDU, checked before anything is read or allocated on their word (PS3.8 §9.3.1). */
public final class PduHeader {

    private static final int FIXED_LENGTH = 4;
    private static final int MIN_ASSOCIATE_LENGTH = 68;
    private static final int MIN_DATA_LENGTH = Pdv.OVERHEAD;

    private PduHeader() {}

    /**
     * @throws PduException with {@link Abort#UNRECOGNIZED_PDU} when the type is not 01H to 07H
     */
    public static void checkType(int type) {
        if (type < ItemType.ASSOCIATE_RQ || type > ItemType.ABORT) {
            throw new PduException(
                    Abort.UNRECOGNIZED_PDU,
                    "PDU type is %02XH; PS3.8 §9.3 has 01H to 07H. The peer does not speak DICOM.".formatted(type));
        }
    }

    /**
     * @param length the PDU length field, unsigned
     * @param maxLength longest content that is taken
     * @throws PduException with {@link Abort#INVALID_PDU_PARAMETER_VALUE} when the length cannot be
     */
    public static void checkLength(int type, long length, int maxLength) {
        boolean fixed = type == ItemType.ASSOCIATE_RJ || type >= ItemType.RELEASE_RQ;
        if (fixed && length != FIXED_LENGTH) {
            throw new PduException(
                    Abort.INVALID_PDU_PARAMETER_VALUE,
                    "PDU length of type %02XH is %d; it must be 4.".formatted(type, length));
        }
        int minLength = type == ItemType.P_DATA_TF ? MIN_DATA_LENGTH : MIN_ASSOCIATE_LENGTH;
        if (!fixed && length < minLength) {
            throw new PduException(
                    Abort.INVALID_PDU_PARAMETER_VALUE,
                    "PDU length of type %02XH is %d; it is at least %d.".formatted(type, length, minLength));
        }
        if (length > maxLength) {
            throw new PduException(
                    Abort.INVALID_PDU_PARAMETER_VALUE,
                    "PDU length of type %02XH is %d; at most %d bytes are taken.".formatted(type, length, maxLength));
        }
    }
}
