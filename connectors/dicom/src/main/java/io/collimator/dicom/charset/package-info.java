/**
 * Specific Character Set (PS3.3 §C.12.1.1.2, PS3.5 §6.1): {@link io.collimator.dicom.charset.SpecificCharacterSet}
 * decodes text to Unicode and encodes it for a peer.
 */
@NullMarked
package io.collimator.dicom.charset;

import org.jspecify.annotations.NullMarked;
