package io.collimator.dicom.dimse;

/**
 * The C-STORE sub-operations of a C-MOVE or C-GET (PS3.7 §9.1.3.1.6 to §9.1.3.1.9); each 0 to 65535, 0 where a response
 * names none.
 *
 * @param remaining (0000,1020); only pending and cancelled responses carry it
 * @param completed (0000,1021)
 * @param failed (0000,1022)
 * @param warning (0000,1023)
 */
public record SubOperations(int remaining, int completed, int failed, int warning) {

    public static final SubOperations NONE = new SubOperations(0, 0, 0, 0);

    /** Those that are over, however they ended. */
    public int done() {
        return completed + failed + warning;
    }
}
