package io.collimator.engine.reload;

/**
 * A message to try a mapping on.
 *
 * @param name what people know it by: a file, or control ID and time
 * @param content without framing, segments ended by CR
 * @param profile of the sender by name; "" to pick it by the header, as the listener does
 */
public record Sample(String name, byte[] content, String profile) {

    public Sample {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** Without the content, which is patient data. */
    @Override
    public String toString() {
        return "Sample[" + name + "]";
    }
}
