package io.collimator.engine.peers;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import java.util.Map;

/** Short names of the SOP classes that an echo proposes, for people. */
final class SopClassNames {

    private static final Map<Uid, String> NAMES = Map.of(
            Uids.Verification, "Verification",
            Uids.ModalityWorklistInformationModelFind, "Modality Worklist FIND",
            Uids.ModalityPerformedProcedureStep, "Modality Performed Procedure Step",
            Uids.StorageCommitmentPushModel, "Storage Commitment Push",
            Uids.StudyRootQueryRetrieveInformationModelFind, "Study Root FIND",
            Uids.StudyRootQueryRetrieveInformationModelMove, "Study Root MOVE",
            Uids.StudyRootQueryRetrieveInformationModelGet, "Study Root GET");

    private SopClassNames() {}

    static String of(Uid sopClass) {
        return NAMES.getOrDefault(sopClass, sopClass.value());
    }
}
