package io.collimator.dicom.net.pdu;

import java.util.List;

/** P-DATA-TF (PS3.8 §9.3.5). */
public record PDataTf(List<Pdv> values) implements Pdu {

    public PDataTf {
        values = List.copyOf(values);
    }
}
