package io.collimator.dicom.dcm4che;

import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one association by dcm4che. The peer may ask for something before the opening thread has gone on. Thread-safe. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final AssociationRequest request;
    private final Proposal proposal;
    private final String id;
    private final Set<Session> opened;
    private final ThreadPoolExecutor handlerThreads;
    private final Device device;
    private @Nullable Session session;
    private boolean over;

    /**
     * @param opened where the session is kept as long as it is there
     */
    Opening(AssociationRequest request, String id, Set<Session> opened, ScheduledExecutorService timers) {
        DicomLimits limits = request.limits();
        this.request = request;
        this.proposal = new Proposal(request);
        this.id = id;
        this.opened = opened;
        // an association answers no more requests at a time, so it can use no more threads
        this.handlerThreads = Devices.handlerThreads(limits.peer().maxOperationsPerformed(), limits.handlerQueue());
        Executor reader =
                task -> Devices.threads("dicom-io-" + id).newThread(task).start();
        this.device = Devices.device(limits, reader, timers);
        device.setDimseRQHandler(new Performer(this::session));
        device.setAssociationHandler(new AssociationHandler() {
            @Override
            protected void onClose(Association association) {
                over();
            }
        });
    }

    Session open() {
        InetSocketAddress address = new InetSocketAddress(request.host(), request.port());
        if (address.isUnresolved()) {
            throw new AssociationException(
                    Kind.CONNECT, "The host name of %s cannot be resolved; correct it.".formatted(peer()), null);
        }
        ConnectWatch watch = new ConnectWatch();
        device.setConnectionMonitor(watch);
        Connection remote = new Connection();
        remote.setHostname(request.host());
        remote.setPort(request.port());
        boolean accepted = false;
        try {
            Association association =
                    Devices.entity(device).connect(Devices.connection(device), remote, proposal.request());
            accepted = true;
            return accepted(association);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssociationException(
                    Kind.ABORTED, "The thread was interrupted while it opened an association.", e);
        } catch (IOException e) {
            throw reason(e, watch);
        } catch (IncompatibleConnectionException | GeneralSecurityException e) {
            throw new AssociationException(Kind.CONNECT, "%s cannot be reached.".formatted(peer()), e);
        } finally {
            if (!accepted) {
                handlerThreads.shutdown();
            }
        }
    }

    private Session accepted(Association association) {
        Session opening = session(association);
        AAssociateAC answer = association.getAAssociateAC();
        if (proposal.isUserUnverified(answer)) {
            opening.abort();
            throw new AssociationException(
                    Kind.ABORTED,
                    "%s accepted the association without verifying the user, which was asked for; ask for no positive response or turn user identity on there."
                            .formatted(peer()),
                    null);
        } else if (Proposal.isPduLengthUnusable(answer)) {
            opening.abort();
            throw new AssociationException(
                    Kind.ABORTED,
                    "%s accepted the association with a maximum PDU length that cannot be kept; correct it there."
                            .formatted(peer()),
                    null);
        }
        LOG.info("Association {}: {} at {} accepted us.", id, request.called(), opening.remoteAddress());
        return opening;
    }

    private AssociationException reason(IOException cause, ConnectWatch watch) {
        if (cause instanceof AAssociateRJ) {
            return Endings.of(cause, request.called());
        } else if (!watch.isConnected()) {
            return new AssociationException(
                    Kind.CONNECT,
                    "%s cannot be reached; check that it runs and its host and port.".formatted(peer()),
                    cause);
        } else if (cause instanceof AAbort
                && watch.isLongerThan(request.limits().request())) {
            return new AssociationException(
                    Kind.TIMEOUT,
                    "%s did not answer A-ASSOCIATE-RQ within %s."
                            .formatted(peer(), request.limits().request()),
                    cause);
        }
        return Endings.of(cause, request.called());
    }

    private String peer() {
        return "%s at %s:%d".formatted(request.called(), request.host(), request.port());
    }

    private synchronized Session session(Association association) {
        Session known = session;
        if (known == null) {
            known = new Session(
                    new Session.Profile(
                            id,
                            proposal.agreement(association.getAAssociateAC()),
                            request.handlers(),
                            request.limits()),
                    association,
                    handlerThreads);
            session = known;
            if (over) {
                known.onOver();
            } else {
                opened.add(known);
            }
        }
        return known;
    }

    private synchronized void over() {
        over = true;
        handlerThreads.shutdown();
        Session known = session;
        if (known != null) {
            opened.remove(known);
            known.onOver();
        }
    }
}
