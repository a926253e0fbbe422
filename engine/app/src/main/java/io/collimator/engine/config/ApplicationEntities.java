package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.engine.config.ApplicationEntity.Service;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The registry of DICOM peers; answers from memory who may do what. Immutable. */
public final class ApplicationEntities implements PeerPolicy {

    private static final Map<Uid, Service> SERVICES = Map.of(
            Uids.ModalityWorklistInformationModelFind, Service.WORKLIST,
            Uids.ModalityPerformedProcedureStep, Service.MPPS,
            Uids.ModalityPerformedProcedureStepRetrieve, Service.MPPS,
            Uids.StorageCommitmentPushModel, Service.COMMITMENT);

    private final Map<AeTitle, ApplicationEntity> entities;

    public ApplicationEntities(Collection<ApplicationEntity> entities) {
        Map<AeTitle, ApplicationEntity> byTitle = new LinkedHashMap<>();
        entities.forEach(entity -> byTitle.put(entity.title(), entity));
        this.entities = byTitle;
    }

    /**
     * Reads {@code config/application-entities.yaml}.
     *
     * @throws ConfigurationException with every problem of the file
     */
    public static ApplicationEntities load(Home home) {
        return new ApplicationEntitiesFile(home).read();
    }

    public Optional<ApplicationEntity> find(AeTitle title) {
        return Optional.ofNullable(entities.get(title));
    }

    /** In the order of the file. */
    public Collection<ApplicationEntity> all() {
        return entities.values().stream().toList();
    }

    @Override
    public boolean isRegistered(AeTitle calling) {
        return entities.containsKey(calling);
    }

    @Override
    public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
        ApplicationEntity entity = entities.get(calling);
        Service service = SERVICES.get(sopClass);
        EnumSet<ServiceRole> roles = EnumSet.noneOf(ServiceRole.class);
        if (entity == null || service == null) {
            return roles;
        }
        if (entity.services().contains(service)) {
            roles.add(ServiceRole.SCU);
        }
        if (service == Service.COMMITMENT && entity.commitmentArchive()) {
            roles.add(ServiceRole.SCP);
        }
        return roles;
    }
}
