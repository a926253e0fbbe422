package io.collimator.dicom.service;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what. Asked on the event loop: it must answer from memory. */
public interface PeerPolicy {

    /** Whether the calling AE title is registered; an unknown one is rejected 1/1/3 (PS3.8 §9.3.4). */
    boolean isRegistered(AeTitle calling);

    /**
     * Whether a registered peer may call from there; unless overridden it may from anywhere. One that may not is rejected as
     * one that is not registered.
     *
     * @param from null when the connection is gone already
     */
    default boolean mayCallFrom(AeTitle calling, @Nullable InetAddress from) {
        return true;
    }

    /** Who is told of rejected associations; nobody unless this is overridden. */
    default RejectionReport rejections() {
        return (reason, calling, from) -> {};
    }

    /** The title that a registered peer is known by, when that is not the one that it calls by; limits count by it. */
    default AeTitle registered(AeTitle calling) {
        return calling;
    }

    /**
     * Whether a peer that calls this title means us; another one is rejected 1/1/7 (PS3.8 §9.3.4).
     *
     * @param own the listener's title
     */
    default boolean isOurs(AeTitle called, AeTitle own) {
        return called.equals(own);
    }

    /**
     * The roles a registered peer may take for a SOP class; none rejects its presentation context. Verification is not
     * asked for: every registered peer may C-ECHO. With {@link ServiceRole#SCP} alone a context is accepted also when
     * the peer sent no role selection item.
     */
    Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass);

    /**
     * The bounds of a registered peer.
     *
     * @param usual those of the listener
     */
    default PeerLimits limitsOf(AeTitle calling, PeerLimits usual) {
        return usual;
    }

    /**
     * Judges the user of a registered peer; nobody is judged unless this is overridden.
     *
     * @param identity null when the peer named no user, or in a way that PS3.7 does not have
     */
    default UserIdentityVerdict judge(AeTitle calling, @Nullable UserIdentity identity) {
        return new UserIdentityVerdict.NotJudged();
    }

    /**
     * The answer to SOP class extended negotiation of a SOP class with an accepted presentation context. Unless
     * overridden, worklist offers none of its options (PS3.4 §K.5.1) and no other SOP class is answered.
     *
     * @return empty: no answer, the defaults of the service class hold
     */
    default Optional<ApplicationInformation> negotiate(AeTitle calling, Uid sopClass, ApplicationInformation proposed) {
        return sopClass.equals(Uids.ModalityWorklistInformationModelFind)
                ? Optional.of(WorklistOptions.none().answer(proposed))
                : Optional.empty();
    }
}
