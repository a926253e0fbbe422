package io.collimator.dicom.dcm4che;

import java.io.IOException;
import java.util.function.Function;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRQHandler;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.jspecify.annotations.Nullable;

/** Where dcm4che brings the requests of peers. */
final class Performer implements DimseRQHandler {

    private final Function<Association, Session> sessions;

    Performer(Function<Association, Session> sessions) {
        this.sessions = sessions;
    }

    @Override
    public void onDimseRQ(
            Association association,
            PresentationContext context,
            Dimse dimse,
            Attributes commandSet,
            @Nullable PDVInputStream values)
            throws IOException {
        sessions.apply(association).onRequest(context.getPCID(), commandSet, values);
    }

    /** Told by the association handler already. */
    @Override
    public void onClose(Association association) {}
}
