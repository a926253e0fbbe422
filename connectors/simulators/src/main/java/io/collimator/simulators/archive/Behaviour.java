package io.collimator.simulators.archive;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an archive does with a request; the faults are here. Nothing here makes it vouch for what it does not hold.
 *
 * @param delay between the response and the report
 * @param failures Failure Reason (0008,1197) of instances that it fails although it may hold them
 * @param response status of the N-ACTION response; after a failure comes no report
 * @param reportsAs another AE title to report under on a new association; null for its own
 */
public record Behaviour(
        ReportWay way,
        Duration delay,
        Map<Uid, Integer> failures,
        DimseStatus response,
        @Nullable AeTitle reportsAs) {

    public Behaviour {
        failures = Map.copyOf(failures);
    }

    /** Without faults. */
    public static Behaviour reporting(ReportWay way) {
        return new Behaviour(way, Duration.ZERO, Map.of(), DimseStatus.SUCCESS, null);
    }

    public Behaviour after(Duration wait) {
        return new Behaviour(way, wait, failures, response, reportsAs);
    }

    public Behaviour failing(Map<Uid, Integer> reasons) {
        return new Behaviour(way, delay, reasons, response, reportsAs);
    }

    public Behaviour refusing(DimseStatus status) {
        return new Behaviour(way, delay, failures, status, reportsAs);
    }

    public Behaviour under(AeTitle otherTitle) {
        return new Behaviour(way, delay, failures, response, otherTitle);
    }
}
