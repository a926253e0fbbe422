package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.pdu.AssociateAc;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.service.AssociationException;

/** Who a connection belongs to before there is an association. Called on the event loop of the connection. */
interface ConnectionUser {

    /** The peer asks for an association: answer with {@link Connection#accept} or {@link Connection#reject}. */
    void associateRequested(Connection connection, AssociateRq request);

    /** The peer accepted: go on with {@link Connection#establish}. */
    void associateAccepted(Connection connection, AssociateAc answer);

    /** There will be no association, for this reason. */
    void failed(Connection connection, AssociationException reason);

    /** The association, if there was one, is over; the transport connection may stay open for a moment. */
    void over(Connection connection);

    /** The transport connection is closed. */
    void closed(Connection connection);
}
