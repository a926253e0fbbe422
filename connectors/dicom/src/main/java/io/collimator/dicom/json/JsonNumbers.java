package io.collimator.dicom.json;

import io.collimator.dicom.data.Vr;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Which numbers can be numbers of JSON without a reader changing them (PS3.18 §F.2.3, RFC 8259 §6). */
final class JsonNumbers {

    /** To 2^53 every whole number is one of its own in IEEE 754. */
    private static final long EXACT = 1L << 53;

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,14})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,14})?([eE][+-]?\\d{1,2})?");

    private JsonNumbers() {}

    /** Whether a value of IS or DS is written like a number of JSON and survives binary64. */
    static boolean isExact(Vr vr, String value) {
        if (vr == Vr.IS) {
            return INTEGER.matcher(value).matches();
        }
        return DECIMAL.matcher(value).matches()
                && !value.startsWith("-0")
                && BigDecimal.valueOf(Double.parseDouble(value)).compareTo(new BigDecimal(value)) == 0;
    }

    /** Whether a number of SV or UV is exact in binary64. */
    static boolean isExact(Vr vr, long value) {
        return value >= (vr == Vr.UV ? 0 : -EXACT) && value <= EXACT;
    }

    /**
     * A whole number for IS or a binary VR, also one written like {@code 1.0} or {@code 1e2}.
     *
     * @throws ArithmeticException when it has a fraction or more than 20 digits
     * @throws NumberFormatException when it is no number
     */
    static BigInteger whole(String digits) {
        BigDecimal number = new BigDecimal(digits);
        if (number.precision() - (long) number.scale() > 20 || number.scale() > 40) {
            throw new ArithmeticException("more than 20 digits");
        }
        return number.toBigIntegerExact();
    }
}
