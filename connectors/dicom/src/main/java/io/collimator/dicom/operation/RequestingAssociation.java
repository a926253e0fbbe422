package io.collimator.dicom.operation;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.MatchConsumer;
import io.collimator.dicom.service.Query;
import io.collimator.dicom.service.StoreHandler;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An association whose requests are made by {@link ServiceUsers}, whichever provider moves them. */
public interface RequestingAssociation extends DicomAssociation {

    /** What makes its requests. */
    ServiceUsers users();

    @Override
    default DimseStatus echo() {
        return users().single().echo();
    }

    @Override
    default FindResult find(Uid sopClass, DataSet identifier, int maxMatches) {
        return users().query().find(sopClass, identifier, maxMatches);
    }

    @Override
    default DimseStatus find(Query query, MatchConsumer matches) {
        return users().query().find(query, matches);
    }

    @Override
    default DimseStatus store(StoredInstance instance, StoreOptions options) {
        return users().store().store(instance, options);
    }

    @Override
    default RetrieveResult move(Query query, AeTitle destination) {
        return users().query().move(query, destination);
    }

    @Override
    default RetrieveResult get(Query query, StoreHandler receiver) {
        return users().query().get(query, receiver);
    }

    @Override
    default NResponse get(Uid sopClass, Uid sopInstance, List<Tag> attributes) {
        return users().single().get(sopClass, sopInstance, attributes);
    }

    @Override
    default NResponse delete(Uid sopClass, Uid sopInstance) {
        return users().single().delete(sopClass, sopInstance);
    }

    @Override
    default NResponse create(Uid sopClass, @Nullable Uid sopInstance, DataSet attributes) {
        return users().single().create(sopClass, sopInstance, attributes);
    }

    @Override
    default NResponse set(Uid sopClass, Uid sopInstance, DataSet modifications) {
        return users().single().set(sopClass, sopInstance, modifications);
    }

    @Override
    default NResponse action(Uid sopClass, Uid sopInstance, int actionTypeId, DataSet information) {
        return users().single().action(sopClass, sopInstance, actionTypeId, information);
    }

    @Override
    default NResponse eventReport(Uid sopClass, Uid sopInstance, int eventTypeId, DataSet information) {
        return users().single().eventReport(sopClass, sopInstance, eventTypeId, information);
    }
}
