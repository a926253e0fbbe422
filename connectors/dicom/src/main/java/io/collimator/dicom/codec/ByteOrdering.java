package io.collimator.dicom.codec;

import io.collimator.dicom.data.Vr;

/** Numbers and words of binary values in Big Endian (PS3.5 §7.3); data sets hold them in Little Endian. */
final class ByteOrdering {

    private ByteOrdering() {}

    /** Reverses each word in place; what is left over at the end is no word and stays. */
    static void swap(byte[] bytes, Vr vr) {
        int size = wordSize(vr);
        for (int start = 0; size > 1 && start + size <= bytes.length; start += size) {
            for (int low = start, high = start + size - 1; low < high; low++, high--) {
                byte kept = bytes[low];
                bytes[low] = bytes[high];
                bytes[high] = kept;
            }
        }
    }

    private static int wordSize(Vr vr) {
        return switch (vr) {
            case OW, US, SS, AT -> 2;
            case OF, OL, UL, SL, FL -> 4;
            case OD, OV, UV, SV, FD -> 8;
            default -> 1;
        };
    }
}
