package io.collimator.dicom.dcm4che;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.jspecify.annotations.Nullable;

/** What dcm4che says of an association that ended or never was, in the words of the port. */
final class Endings {

    private Endings() {}

    /**
     * @param cause what dcm4che keeps as the reason; null after a release, and while the connection is being closed
     */
    static AssociationException of(@Nullable IOException cause, AeTitle peer) {
        if (cause instanceof AAssociateRJ rejection) {
            return AssociationException.rejected(
                    "%s rejected the association: result %d, source %d, reason %d (PS3.8 §9.3.4)."
                            .formatted(peer, rejection.getResult(), rejection.getSource(), rejection.getReason()),
                    rejection.getResult(),
                    rejection.getSource(),
                    rejection.getReason());
        } else if (cause instanceof AAbort abort) {
            return new AssociationException(
                    Kind.ABORTED,
                    "The association with %s was aborted: source %d, reason %d (PS3.8 §9.3.8)."
                            .formatted(peer, abort.getSource(), abort.getReason()),
                    cause);
        }
        return new AssociationException(Kind.CLOSED, "The association with %s is over.".formatted(peer), cause);
    }

    /** Host and port of the other side, for people. */
    static String address(Socket socket) {
        return socket.getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "(not connected)";
    }
}
