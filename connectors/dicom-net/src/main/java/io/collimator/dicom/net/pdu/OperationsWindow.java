package io.collimator.dicom.net.pdu;

/**
 * The asynchronous operations window, as the requestor sees it (item 53H, PS3.7 §D.3.3.3).
 *
 * @param maxInvoked outstanding operations that the requestor may invoke, 0 to 65535; 0 is no limit
 * @param maxPerformed outstanding operations that the requestor performs, 0 to 65535; 0 is no limit
 */
public record OperationsWindow(int maxInvoked, int maxPerformed) {

    /** What holds without the item: no asynchronous operations. */
    public static final OperationsWindow SYNCHRONOUS = new OperationsWindow(1, 1);

    /** The smaller of two bounds of which 0 is no limit. */
    public static int smaller(int one, int other) {
        if (one == 0 || other == 0) {
            return Math.max(one, other);
        }
        return Math.min(one, other);
    }
}
