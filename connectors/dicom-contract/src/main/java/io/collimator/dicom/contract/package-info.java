/**
 * What every {@link io.collimator.dicom.service.DicomProvider} has to do, as abstract test classes: a provider's module
 * extends each of them in its tests and says how the provider is made. {@link io.collimator.dicom.contract.TestPeers} is
 * the hospital in which they play.
 */
@NullMarked
package io.collimator.dicom.contract;

import org.jspecify.annotations.NullMarked;
