/**
 * The {@code dicom:} component on top of the port {@code io.collimator.dicom.service}: consumers for worklist, performed
 * steps, commitment requests and commitment reports, producers for echo, find, move, get, store, commitment and performed
 * steps. It translates between requests and exchanges and knows neither workflow nor storage. Other modules bind a
 * {@link io.collimator.camel.dicom.DicomServer} and a {@link io.collimator.camel.dicom.PeerDirectory} in the registry and
 * read an exchange by {@link io.collimator.camel.dicom.DicomConstants}.
 */
@NullMarked
package io.collimator.camel.dicom;

import org.jspecify.annotations.NullMarked;
