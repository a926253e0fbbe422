package io.collimator.camel.dicom;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.Priority;
import io.collimator.dicom.service.Query;
import java.util.Optional;
import java.util.function.Function;

/** Which SOP class a find, move or get uses, and with what priority. */
record QuerySettings(Uid sopClass, Priority priority) {

    static QuerySettings find(DicomEndpoint endpoint) {
        InformationModel model = endpoint.getInformationModel();
        return new QuerySettings((model == null ? InformationModel.WORKLIST : model).find(), endpoint.getPriority());
    }

    /** @throws IllegalArgumentException when the model has no such service */
    static QuerySettings retrieve(DicomEndpoint endpoint, Function<InformationModel, Optional<Uid>> service) {
        InformationModel given = endpoint.getInformationModel();
        InformationModel model = given == null ? InformationModel.STUDY_ROOT : given;
        Uid sopClass = service.apply(model)
                .orElseThrow(() -> new IllegalArgumentException(
                        "informationModel=%s retrieves nothing; give patient-root or study-root to dicom:%s."
                                .formatted(model.path(), endpoint.getOperation())));
        return new QuerySettings(sopClass, endpoint.getPriority());
    }

    Query query(DataSet identifier) {
        return Query.of(sopClass, identifier).withPriority(priority);
    }
}
