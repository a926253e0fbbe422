package io.collimator.hl7.mllp;

/**
 * The answer to a message.
 *
 * @param code MSA-1, for instance AA
 * @param text MSA-3, as sent
 * @param content the whole answer, as sent
 */
public record MllpAnswer(String code, String text, byte[] content) {

    /** The message asked for no answer: whether it was taken is not known. */
    public static final MllpAnswer NONE = new MllpAnswer("", "", new byte[0]);

    /** The code only: other systems quote patient data in their answers. */
    @Override
    public String toString() {
        return "MllpAnswer[" + code + "]";
    }
}
