package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.RejectionReport;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.UserIdentity;
import io.collimator.dicom.service.UserIdentityVerdict;
import io.collimator.engine.config.ApplicationEntity.Service;
import java.net.InetAddress;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The registry of DICOM peers; answers from memory who may do what. Immutable. */
public final class ApplicationEntities implements PeerPolicy {

    private static final Map<Uid, Service> SERVICES = Map.of(
            Uids.ModalityWorklistInformationModelFind, Service.WORKLIST,
            Uids.ModalityPerformedProcedureStep, Service.MPPS,
            Uids.ModalityPerformedProcedureStepRetrieve, Service.MPPS,
            Uids.StorageCommitmentPushModel, Service.COMMITMENT);

    private final Map<String, ApplicationEntity> entities;
    private final AeTitleRules titles;
    private final RejectionReport rejections;

    /** Titles are taken as the standard takes them. */
    public ApplicationEntities(Collection<ApplicationEntity> entities) {
        this(entities, AeTitleRules.STANDARD, (reason, calling, from) -> {});
    }

    private ApplicationEntities(
            Collection<ApplicationEntity> entities, AeTitleRules titles, RejectionReport rejections) {
        Map<String, ApplicationEntity> byTitle = new LinkedHashMap<>();
        entities.forEach(entity -> byTitle.putIfAbsent(titles.key(entity.title()), entity));
        this.entities = byTitle;
        this.titles = titles;
        this.rejections = rejections;
    }

    /** The same peers, found by other rules; of two that have become one the first is taken. */
    public ApplicationEntities by(AeTitleRules rules) {
        return new ApplicationEntities(entities.values(), rules, rejections);
    }

    /** The same peers, and who is told of associations that are rejected. */
    public ApplicationEntities reporting(RejectionReport report) {
        return new ApplicationEntities(entities.values(), titles, report);
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
        return Optional.ofNullable(entities.get(titles.key(title)));
    }

    /** The title as the file has it; as given for a peer that is not registered. */
    @Override
    public AeTitle registered(AeTitle title) {
        return find(title).map(ApplicationEntity::title).orElse(title);
    }

    /** Whether both titles are taken for one. */
    public boolean isSame(AeTitle one, AeTitle other) {
        return titles.key(one).equals(titles.key(other));
    }

    /** Whether a peer with this title may ask for its worklist. */
    public boolean mayQueryWorklist(AeTitle title) {
        return find(title)
                .filter(entity -> entity.services().contains(Service.WORKLIST))
                .isPresent();
    }

    /** In the order of the file. */
    public Collection<ApplicationEntity> all() {
        return entities.values().stream().toList();
    }

    @Override
    public boolean isRegistered(AeTitle calling) {
        return entities.containsKey(titles.key(calling));
    }

    @Override
    public boolean mayCallFrom(AeTitle calling, @Nullable InetAddress from) {
        return find(calling)
                .filter(entity -> entity.access().hosts().contain(from))
                .isPresent();
    }

    @Override
    public RejectionReport rejections() {
        return rejections;
    }

    @Override
    public boolean isOurs(AeTitle called, AeTitle own) {
        return titles.isOurs(called, own);
    }

    @Override
    public PeerLimits limitsOf(AeTitle calling, PeerLimits usual) {
        return find(calling).map(entity -> entity.access().limits().over(usual)).orElse(usual);
    }

    @Override
    public UserIdentityVerdict judge(AeTitle calling, @Nullable UserIdentity identity) {
        return find(calling)
                .map(entity -> entity.access().user().judge(identity))
                .orElseGet(UserIdentityVerdict.NotJudged::new);
    }

    @Override
    public Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass) {
        ApplicationEntity entity = entities.get(titles.key(calling));
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
