package io.collimator.camel.dicom;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What comes after {@code dicom:} in an endpoint. */
public enum DicomOperation {
    /** Consumer: answers C-FIND of Modality Worklist (PS3.4 §K). */
    WORKLIST("worklist", true, false),
    /** Consumer: answers N-CREATE and N-SET of Modality Performed Procedure Step (PS3.4 §F.7). */
    PERFORMED_STEPS("performed-steps", true, false),
    /** Consumer: answers N-ACTION of Storage Commitment Push; producer: sends one (PS3.4 §J.3.2). */
    COMMITMENT("commitment", true, true),
    /** Consumer: answers N-EVENT-REPORT of Storage Commitment Push (PS3.4 §J.3.3). */
    COMMITMENT_REPORTS("commitment-reports", true, false),
    /** Producer: C-ECHO (PS3.4 Annex A). */
    ECHO("echo", false, true),
    /** Producer: C-FIND of Modality Worklist (PS3.4 §K). */
    FIND("find", false, true);

    private final String path;
    private final boolean consumes;
    private final boolean produces;

    DicomOperation(String path, boolean consumes, boolean produces) {
        this.path = path;
        this.consumes = consumes;
        this.produces = produces;
    }

    public static Optional<DicomOperation> ofPath(String path) {
        return Arrays.stream(values())
                .filter(operation -> operation.path.equals(path))
                .findFirst();
    }

    /** The names that can be consumed from, or produced to, for messages. */
    public static String paths(boolean consumer) {
        return Arrays.stream(values())
                .filter(operation -> consumer ? operation.consumes : operation.produces)
                .map(DicomOperation::path)
                .collect(Collectors.joining(", "));
    }

    public String path() {
        return path;
    }

    public boolean consumes() {
        return consumes;
    }

    public boolean produces() {
        return produces;
    }
}
