/**
 * A negotiated association (PS3.7 §7, §8): {@link io.collimator.dicom.net.association.Association} puts messages together,
 * answers the peer's requests one at a time on bounded threads and sends ours; {@link
 * io.collimator.dicom.net.association.Link} is what it needs of the transport. Other modules use {@code
 * io.collimator.dicom.service} instead.
 */
@NullMarked
package io.collimator.dicom.net.association;

import org.jspecify.annotations.NullMarked;
