package io.collimator.dicom.net.pdu;

import io.collimator.dicom.data.Uid;

/**
 * SCP/SCU role selection for one SOP class (item 54H, PS3.7 §D.3.3.4).
 *
 * @param scu the requestor supports, or may take, the SCU role
 * @param scp the requestor supports, or may take, the SCP role
 */
public record RoleSelection(Uid sopClass, boolean scu, boolean scp) {}
