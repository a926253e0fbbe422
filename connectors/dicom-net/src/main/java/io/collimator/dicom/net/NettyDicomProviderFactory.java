package io.collimator.dicom.net;

import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.DicomProviderFactory;

/** Our own upper layer, by the name {@code net}. */
public final class NettyDicomProviderFactory implements DicomProviderFactory {

    @Override
    public String name() {
        return "net";
    }

    @Override
    public DicomProvider create() {
        return new NettyDicomProvider();
    }
}
