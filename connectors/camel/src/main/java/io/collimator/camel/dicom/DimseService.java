package io.collimator.camel.dicom;

/** The DIMSE services that a consumer answers (PS3.7 §7.5). */
public enum DimseService {
    C_FIND("C-FIND"),
    N_CREATE("N-CREATE"),
    N_GET("N-GET"),
    N_SET("N-SET"),
    N_ACTION("N-ACTION"),
    N_EVENT_REPORT("N-EVENT-REPORT");

    private final String label;

    DimseService(String label) {
        this.label = label;
    }

    /** The standard's spelling, so that a route may compare with it. */
    @Override
    public String toString() {
        return label;
    }
}
