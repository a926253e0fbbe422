package io.collimator.engine.intake;

import io.collimator.dicom.service.DicomAssociation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which association a commitment request came on, so that its report can go back on it while it is open (PS3.4 §J.3.3).
 * Holds a bounded number; what falls out is reported on a new association. Thread-safe.
 */
public final class OpenAssociations {

    private static final int CAPACITY = 4_096;

    private final Map<UUID, DicomAssociation> associations = new LinkedHashMap<>();

    synchronized void remember(UUID request, DicomAssociation association) {
        associations.values().removeIf(known -> !known.isOpen());
        if (associations.size() >= CAPACITY) {
            associations.remove(associations.keySet().iterator().next());
        }
        associations.put(request, association);
    }

    /** The association of a request when it is still open; it is forgotten. */
    public synchronized Optional<DicomAssociation> take(UUID request) {
        return Optional.ofNullable(associations.remove(request)).filter(DicomAssociation::isOpen);
    }
}
