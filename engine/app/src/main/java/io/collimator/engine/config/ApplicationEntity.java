package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A registered DICOM peer.
 *
 * @param description for people; may be empty
 * @param host where we reach it; empty: we never call it
 * @param port 0 when there is no host
 * @param services what it may ask of us
 * @param characterSet defined terms of (0008,0005) that it can read, a backslash between them; empty: what its query declares
 * @param fallback what becomes of text that these do not hold
 * @param truncateWorklist a worklist that is too long is cut for it instead of failing
 * @param commitmentArchive it may be asked for storage commitment and may deliver reports
 * @param simulated part of the demo, not a real system
 */
public record ApplicationEntity(
        AeTitle title,
        String description,
        String host,
        int port,
        Set<Service> services,
        String characterSet,
        Fallback fallback,
        boolean truncateWorklist,
        boolean commitmentArchive,
        boolean simulated,
        Access access) {

    /**
     * On what terms it may call.
     *
     * @param limits where they differ from those of all
     * @param user whom it has to name
     * @param hosts where it may call from
     */
    record Access(OwnLimits limits, PeerUser user, PeerHosts hosts) {

        static final Access USUAL = new Access(OwnLimits.NONE, PeerUser.ANY, PeerHosts.ANYWHERE);
    }

    /** What becomes of text in answers that a peer's character set does not hold. */
    public enum Fallback {
        /** The answer goes in ISO_IR 192, declared. */
        UTF8,
        /** It is written with what the set holds, where that can be done without loss of meaning. */
        TRANSLITERATE;

        /** As the registry, the API and the metrics name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a peer may ask of us. */
    public enum Service {
        WORKLIST,
        MPPS,
        COMMITMENT
    }

    /** On the usual terms. */
    public ApplicationEntity(
            AeTitle title,
            String description,
            String host,
            int port,
            Set<Service> services,
            String characterSet,
            boolean truncateWorklist,
            boolean commitmentArchive,
            boolean simulated) {
        this(
                title,
                description,
                host,
                port,
                services,
                characterSet,
                Fallback.UTF8,
                truncateWorklist,
                commitmentArchive,
                simulated,
                Access.USUAL);
    }

    public ApplicationEntity {
        services = Set.copyOf(services);
    }

    /** The addresses and networks that it may call from; empty: from anywhere. */
    public List<String> hosts() {
        return access.hosts().networks().stream().map(Network::toString).toList();
    }

    /** Whether we reach it at an address that it may not call from. */
    public boolean isReachedElsewhere() {
        return access.hosts().leaveOut(host);
    }

    public boolean isReachable() {
        return !host.isEmpty();
    }
}
