package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;
import java.util.List;

/**
 * What a requestor tells about a SOP class that the acceptor may not know; there is no answer to it (item 57H, PS3.7
 * §D.3.3.6).
 *
 * @param serviceClass for instance Storage
 * @param relatedGeneral SOP classes as which its instances may be treated
 */
public record CommonExtendedNegotiation(Uid sopClass, Uid serviceClass, List<Uid> relatedGeneral) {

    public CommonExtendedNegotiation {
        relatedGeneral = List.copyOf(relatedGeneral);
    }
}
