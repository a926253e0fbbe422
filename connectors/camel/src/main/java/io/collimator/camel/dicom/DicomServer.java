package io.collimator.camel.dicom;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.ListenerSettings;
import io.collimator.dicom.service.PeerPolicy;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.dicom.service.SloppinessReport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The one DICOM listener of a Camel context, shared by every {@code dicom:} consumer, and the way to open associations
 * for the producers. Bind one in the registry, start Camel, then call {@link #start()}: the listener takes associations
 * only when every route is there to answer. On shutdown call {@link #close()} before Camel stops. Does not own the
 * provider. Thread-safe.
 */
public final class DicomServer implements AutoCloseable {

    private final DicomProvider provider;
    private final ListenerSettings settings;
    private final PeerPolicy peers;
    private final SloppinessReport sloppiness;
    private final ConsumerTable consumers = new ConsumerTable();
    private @Nullable DicomListener listener;

    public DicomServer(DicomProvider provider, ListenerSettings settings, PeerPolicy peers) {
        this(provider, settings, peers, (peer, notes) -> {});
    }

    /** @param sloppiness told of what peers send that breaks the standard and is read all the same */
    public DicomServer(
            DicomProvider provider, ListenerSettings settings, PeerPolicy peers, SloppinessReport sloppiness) {
        this.provider = provider;
        this.settings = settings;
        this.peers = peers;
        this.sloppiness = sloppiness;
    }

    /**
     * Binds the listener, offering the services that have a consumer now.
     *
     * @return the bound address, with the real port when port 0 was asked for
     * @throws AssociationException when the address cannot be bound
     * @throws IllegalStateException when it is bound already
     */
    public synchronized InetSocketAddress start() {
        if (listener != null) {
            throw new IllegalStateException("The DICOM listener is bound to " + listener.address()
                    + " already; call start() once and close() before the next.");
        }
        DicomListener bound =
                provider.listen(settings, peers, consumers.handlers().reporting(sloppiness));
        listener = bound;
        return bound.address();
    }

    public AeTitle aeTitle() {
        return settings.aeTitle();
    }

    /** Negotiated associations; none when the listener is not bound. */
    public synchronized OptionalInt associations() {
        return listener == null ? OptionalInt.empty() : OptionalInt.of(listener.associations());
    }

    /** Stops accepting and lets requests in flight answer; does nothing when the listener is not bound. */
    @Override
    public void close() {
        DicomListener bound;
        synchronized (this) {
            bound = listener;
            listener = null;
        }
        if (bound != null) {
            bound.close();
        }
    }

    ConsumerTable consumers() {
        return consumers;
    }

    DicomLimits limits() {
        return settings.limits();
    }

    /** Opens an association; the peer's requests on it go to these handlers. */
    DicomAssociation open(Target target, List<PresentationContextProposal> contexts, ServiceHandlers handlers) {
        return provider.open(new AssociationRequest(
                settings.aeTitle(),
                target.called(),
                target.address().host(),
                target.address().port(),
                contexts,
                handlers.reporting(sloppiness),
                settings.limits()));
    }

    /** A registered peer and where it is. */
    record Target(AeTitle called, PeerDirectory.PeerAddress address) {}
}
