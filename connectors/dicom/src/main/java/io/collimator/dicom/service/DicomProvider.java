package io.collimator.dicom.service;

/** DICOM networking: what listens for associations and opens them. Thread-safe. */
public interface DicomProvider extends AutoCloseable {

    /**
     * Binds a listener and answers associations from then on. C-ECHO is answered by the provider itself.
     *
     * @throws AssociationException with {@link AssociationException.Kind#BIND} when the address cannot be bound
     */
    DicomListener listen(ListenerSettings settings, PeerPolicy peers, ServiceHandlers handlers);

    /**
     * Opens an association and negotiates it; blocks at most the connect time-out and then the ARTIM time-out.
     *
     * @throws AssociationException when the peer cannot be reached, rejects, aborts or stays silent
     */
    DicomAssociation open(AssociationRequest request);

    /** Closes every listener and association; in-flight handlers get a bounded time. */
    @Override
    void close();
}
