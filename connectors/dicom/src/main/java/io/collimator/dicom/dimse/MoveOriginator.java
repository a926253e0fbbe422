package io.collimator.dicom.dimse;

import io.collimator.dicom.data.AeTitle;

/**
 * Whose C-MOVE caused a C-STORE (PS3.7 §9.1.1.1.7): (0000,1030) and (0000,1031).
 *
 * @param messageId Message ID of the C-MOVE-RQ, 0 to 65535
 */
public record MoveOriginator(AeTitle aeTitle, int messageId) {}
