package io.collimator.workflow.custody;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import java.time.Instant;

/**
 * The archive's last word on an instance, whoever asked for it.
 *
 * @param committed whether it took the responsibility
 * @param reason FailureReason (0008,1197), 0 when committed
 */
public record InstanceWord(Uid sopInstance, boolean committed, int reason, AeTitle archive, Instant at) {}
