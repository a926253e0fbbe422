package io.collimator.workflow.testing;

import io.collimator.workflow.port.Identifiers;
import java.util.UUID;

/** 1, 2, 3… */
public final class CountingIdentifiers implements Identifiers {

    private long last;

    @Override
    public UUID newId() {
        return new UUID(0, ++last);
    }
}
