package io.collimator.camel.allow;

/** A kind of route that answers a peer and therefore needs a step that does the work. */
public enum Intake {
    /** {@code netty:} with the MLLP codec. */
    ORDERS("its peer gets AR 207 to every message"),
    /** {@code dicom:worklist}. */
    WORKLIST("its peer gets C001H to every query"),
    /** {@code dicom:performed-steps}. */
    PERFORMED_STEPS("its peer gets 0110H to every request"),
    /** {@code dicom:commitment}. */
    COMMITMENT("its peer gets 0110H to every request"),
    /** {@code dicom:commitment-reports}. */
    COMMITMENT_REPORTS("its peer gets 0110H to every report");

    private final String consequence;

    Intake(String consequence) {
        this.consequence = consequence;
    }

    String consequence() {
        return consequence;
    }
}
