package io.collimator.simulators.modality;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.service.DicomLimits;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What a modality is.
 *
 * @param listenPort where it takes commitment reports on new associations; 0 for any free port
 * @param clock tells start and end of a step, in the zone of the hospital
 * @param uids makes the UIDs of steps, series, images and transactions, each only once
 */
public record ModalitySettings(AeTitle aeTitle, int listenPort, Clock clock, Supplier<Uid> uids, DicomLimits limits) {

    public static ModalitySettings of(AeTitle aeTitle, int listenPort, Clock clock, Supplier<Uid> uids) {
        return new ModalitySettings(aeTitle, listenPort, clock, uids, DicomLimits.defaults());
    }
}
