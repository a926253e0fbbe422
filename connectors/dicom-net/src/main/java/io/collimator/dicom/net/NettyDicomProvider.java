package io.collimator.dicom.net;

import io.collimator.dicom.net.transport.Timers;
import io.collimator.dicom.net.transport.Transport;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.ServiceHandlers;

/** DICOM networking on Netty. One for a process is enough; closing it ends its listeners, associations and threads. */
public final class NettyDicomProvider implements DicomProvider {

    private final Transport transport;

    public NettyDicomProvider() {
        this.transport = new Transport();
    }

    /** With the timers given for ARTIM and idle time; they are not closed with it. */
    public NettyDicomProvider(Timers timers) {
        this.transport = new Transport(timers);
    }

    @Override
    public DicomListener listen(ListenerSettings settings, PeerPolicy peers, ServiceHandlers handlers) {
        return transport.listen(settings, peers, handlers);
    }

    @Override
    public DicomAssociation open(AssociationRequest request) {
        return transport.open(request);
    }

    @Override
    public void close() {
        transport.close();
    }
}
