package io.collimator.workflow.custody;

/**
 * The instances of an accession: those that its performed steps or linked commitment requests name.
 *
 * @param expected distinct instances; always committed + failed + outstanding
 */
public record InstanceCounts(int expected, int committed, int failed) {

    public static final InstanceCounts NONE = new InstanceCounts(0, 0, 0);

    public InstanceCounts {
        if (committed < 0 || failed < 0 || committed + failed > expected) {
            throw new IllegalArgumentException("Of %d expected instances %d cannot be committed and %d failed."
                    .formatted(expected, committed, failed));
        }
    }

    public int outstanding() {
        return expected - committed - failed;
    }
}
