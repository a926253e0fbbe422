package io.collimator.dicom.dcm4che;

import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.DicomProviderFactory;

/** dcm4che-net, by the name {@code dcm4che}. */
public final class Dcm4cheProviderFactory implements DicomProviderFactory {

    @Override
    public String name() {
        return "dcm4che";
    }

    @Override
    public DicomProvider create() {
        return new Dcm4cheProvider();
    }
}
