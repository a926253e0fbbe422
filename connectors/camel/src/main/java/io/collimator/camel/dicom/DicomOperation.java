package io.collimator.camel.dicom;

import static io.collimator.camel.dicom.DicomOption.CALLED_AE_TITLE;
import static io.collimator.camel.dicom.DicomOption.INFORMATION_MODEL;
import static io.collimator.camel.dicom.DicomOption.MAX_INSTANCE_BYTES;
import static io.collimator.camel.dicom.DicomOption.MAX_MATCHES;
import static io.collimator.camel.dicom.DicomOption.MOVE_DESTINATION;
import static io.collimator.camel.dicom.DicomOption.PRIORITY;
import static io.collimator.camel.dicom.DicomOption.RECEIVER;
import static io.collimator.camel.dicom.DicomOption.REPORT_TIMEOUT;
import static io.collimator.camel.dicom.DicomOption.STORAGE_CLASSES;
import static io.collimator.camel.dicom.DicomOption.STREAMING;
import static io.collimator.camel.dicom.DicomOption.TRANSFER_SYNTAXES;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What comes after {@code dicom:} in an endpoint. */
public enum DicomOperation {
    /** Consumer: answers C-FIND of Modality Worklist (PS3.4 §K). */
    WORKLIST("worklist"),
    /** Consumer: answers N-CREATE, N-SET and N-GET of Modality Performed Procedure Step (PS3.4 §F.7, §F.8). */
    PERFORMED_STEPS("performed-steps"),
    /** Consumer: answers N-ACTION of Storage Commitment Push; producer: sends one (PS3.4 §J.3.2). */
    COMMITMENT("commitment", true, Set.of(CALLED_AE_TITLE), Set.of(REPORT_TIMEOUT)),
    /** Consumer: answers N-EVENT-REPORT of Storage Commitment Push (PS3.4 §J.3.3). */
    COMMITMENT_REPORTS("commitment-reports"),
    /** Producer: C-ECHO (PS3.4 Annex A). */
    ECHO("echo", false, Set.of(CALLED_AE_TITLE), Set.of()),
    /** Producer: C-FIND of Modality Worklist or Query/Retrieve (PS3.4 §K.4, §C.4.1). */
    FIND("find", false, Set.of(CALLED_AE_TITLE), Set.of(INFORMATION_MODEL, MAX_MATCHES, PRIORITY, STREAMING)),
    /** Producer: C-MOVE of Query/Retrieve (PS3.4 §C.4.2). */
    MOVE("move", false, Set.of(CALLED_AE_TITLE, MOVE_DESTINATION), Set.of(INFORMATION_MODEL, PRIORITY)),
    /** Producer: C-GET of Query/Retrieve (PS3.4 §C.4.3). */
    GET(
            "get",
            false,
            Set.of(CALLED_AE_TITLE, RECEIVER),
            Set.of(INFORMATION_MODEL, MAX_INSTANCE_BYTES, PRIORITY, STORAGE_CLASSES, TRANSFER_SYNTAXES)),
    /** Producer: C-STORE (PS3.4 Annex B). */
    STORE("store", false, Set.of(CALLED_AE_TITLE), Set.of(PRIORITY)),
    /** Producer: N-CREATE, N-SET and N-GET of Modality Performed Procedure Step (PS3.4 §F.7, §F.8). */
    MPPS("mpps", false, Set.of(CALLED_AE_TITLE), Set.of());

    private final String path;
    private final boolean consumes;
    private final Set<DicomOption> required;
    private final Set<DicomOption> optional;

    DicomOperation(String path) {
        this(path, true, Set.of(), Set.of());
    }

    DicomOperation(String path, boolean consumes, Set<DicomOption> required, Set<DicomOption> optional) {
        this.path = path;
        this.consumes = consumes;
        this.required = required;
        this.optional = optional;
    }

    public static Optional<DicomOperation> ofPath(String path) {
        return Arrays.stream(values())
                .filter(operation -> operation.path.equals(path))
                .findFirst();
    }

    /** The names that can be consumed from, or produced to, for messages. */
    public static String paths(boolean consumer) {
        return Arrays.stream(values())
                .filter(operation -> consumer ? operation.consumes : operation.produces())
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
        return !required.isEmpty();
    }

    /** Options that its producer must have. */
    public Set<DicomOption> required() {
        return required;
    }

    /** Whether its producer takes the option. */
    public boolean takes(DicomOption option) {
        return required.contains(option) || optional.contains(option);
    }
}
