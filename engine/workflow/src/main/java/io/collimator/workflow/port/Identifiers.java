package io.collimator.workflow.port;

import io.collimator.dicom.data.Uid;
import java.util.UUID;

/** New identifiers; injected so that tests know them. */
public interface Identifiers {

    UUID newId();

    /** A UID that nobody has: {@code 2.25.} over a new UUID (PS3.5 §B.2). */
    default Uid newUid() {
        return Uid.of(newId());
    }
}
