package io.collimator.hl7.mllp;

/** Is told how much memory the bytes of a connection take that are no whole frame yet. */
@FunctionalInterface
public interface HeldBytes {

    /** For a connection whose bytes nobody counts. */
    HeldBytes UNCOUNTED = bytes -> {};

    /**
     * Called on the event loop after each read, and when the connection ends.
     *
     * @param bytes taken by the buffer of the connection; 0 when it stands between frames
     */
    void hold(int bytes);
}
