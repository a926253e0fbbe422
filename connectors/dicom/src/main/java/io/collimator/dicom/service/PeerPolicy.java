package io.collimator.dicom.service;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import java.util.Set;

/** Who may do what. Asked on the event loop: it must answer from memory. */
public interface PeerPolicy {

    /** Whether the calling AE title is registered; an unknown one is rejected 1/1/3 (PS3.8 §9.3.4). */
    boolean isRegistered(AeTitle calling);

    /**
     * The roles a registered peer may take for a SOP class; none rejects its presentation context. Verification is not
     * asked for: every registered peer may C-ECHO. With {@link ServiceRole#SCP} alone a context is accepted also when
     * the peer sent no role selection item.
     */
    Set<ServiceRole> rolesOf(AeTitle calling, Uid sopClass);
}
