package io.collimator.dicom.net.negotiation;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.pdu.RoleSelection;
import io.collimator.dicom.net.pdu.UserInformation;
import java.util.List;

/** How we name ourselves to peers (PS3.7 §D.3.3.2). */
final class Implementation {

    private static final Uid CLASS_UID = Uid.ofName("io.collimator");
    private static final String VERSION_NAME = "COLLIMATOR";

    private Implementation() {}

    static UserInformation userInformation(int maxPduLength, List<RoleSelection> roles) {
        return new UserInformation(maxPduLength, CLASS_UID.value(), VERSION_NAME, roles);
    }
}
