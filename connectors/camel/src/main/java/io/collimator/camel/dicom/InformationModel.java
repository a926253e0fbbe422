package io.collimator.camel.dicom;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whose SOP classes a query uses: Modality Worklist (PS3.4 §K.6.1) or one of Query/Retrieve (PS3.4 §C.6). */
public enum InformationModel {
    WORKLIST(Uids.ModalityWorklistInformationModelFind, null, null),
    PATIENT_ROOT(
            Uids.PatientRootQueryRetrieveInformationModelFind,
            Uids.PatientRootQueryRetrieveInformationModelMove,
            Uids.PatientRootQueryRetrieveInformationModelGet),
    STUDY_ROOT(
            Uids.StudyRootQueryRetrieveInformationModelFind,
            Uids.StudyRootQueryRetrieveInformationModelMove,
            Uids.StudyRootQueryRetrieveInformationModelGet);

    private final Uid find;
    private final @Nullable Uid move;
    private final @Nullable Uid get;

    InformationModel(Uid find, @Nullable Uid move, @Nullable Uid get) {
        this.find = find;
        this.move = move;
        this.get = get;
    }

    /** SOP class of C-FIND. */
    public Uid find() {
        return find;
    }

    /** SOP class of C-MOVE; none for a worklist. */
    public Optional<Uid> move() {
        return Optional.ofNullable(move);
    }

    /** SOP class of C-GET; none for a worklist. */
    public Optional<Uid> get() {
        return Optional.ofNullable(get);
    }

    /** As the option is written: {@code study-root}. */
    public String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<InformationModel> ofPath(String text) {
        return Arrays.stream(values())
                .filter(model -> model.path().equals(text))
                .findFirst();
    }

    static String paths() {
        return Arrays.stream(values()).map(InformationModel::path).collect(Collectors.joining(", "));
    }
}
