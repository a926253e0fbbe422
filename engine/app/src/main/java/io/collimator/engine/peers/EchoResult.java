package io.collimator.engine.peers;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a C-ECHO.
 *
 * @param status of the response; null when none came
 * @param roundTrip from the C-ECHO request to its response; null when none came
 * @param contexts transfer syntaxes by SOP class, as the peer accepted them
 * @param problem why the peer did not answer with success, and what to do; "" when it did
 */
public record EchoResult(
        AeTitle peer,
        @Nullable DimseStatus status,
        @Nullable Duration roundTrip,
        Map<Uid, Set<Uid>> contexts,
        String problem) {

    public EchoResult {
        contexts = Map.copyOf(contexts);
    }

    /** No answer, or none to ask. */
    static EchoResult failed(AeTitle peer, String problem) {
        return new EchoResult(peer, null, null, Map.of(), problem);
    }

    /** The names of the SOP classes that the peer accepted, for people, in the order of their UIDs. */
    public List<String> contextNames() {
        return contexts.keySet().stream().sorted().map(SopClassNames::of).toList();
    }

    /** Whether the peer answered with success. */
    public boolean isReachable() {
        return status != null && status.isSuccess();
    }
}
