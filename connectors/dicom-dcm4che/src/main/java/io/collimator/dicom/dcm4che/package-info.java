/**
 * The port {@code io.collimator.dicom.service} on dcm4che-net. Other modules use nothing of it: {@code ServiceLoader} finds
 * {@link io.collimator.dicom.dcm4che.Dcm4cheProviderFactory}, and no type of dcm4che leaves this package. Data sets cross
 * as bytes in their transfer syntax, read and written by our own codec; the XML readers of dcm4che are not called.
 *
 * <p>What becomes of {@link io.collimator.dicom.service.DicomLimits}:
 *
 * <table>
 *   <caption>Limits and who keeps them</caption>
 *   <tr><th>limit</th><th>kept by</th></tr>
 *   <tr><td>peer.maxPduLengthBytes</td><td>declared to the peer; dcm4che itself takes PDUs of up to 16 MiB</td></tr>
 *   <tr><td>peer.maxAssociations, maxAssociations</td><td>this module, while it negotiates</td></tr>
 *   <tr><td>peer.maxOperationsInvoked, peer.maxOperationsPerformed</td><td>declared through {@code
 *       Connection.maxOpsInvoked} and {@code maxOpsPerformed}; kept by this module</td></tr>
 *   <tr><td>negotiation.maxPduLengthBytes</td><td>nobody: dcm4che takes an A-ASSOCIATE-RQ of up to 16 MiB, and reserves
 *       what its header says before the bytes are there</td></tr>
 *   <tr><td>negotiation.maxPresentationContexts, maxTransferSyntaxes</td><td>this module</td></tr>
 *   <tr><td>maxPendingConnections</td><td>this module, through {@code ConnectionMonitor}</td></tr>
 *   <tr><td>artim</td><td>{@code Connection.requestTimeout}, not for the time that a peer takes to close: dcm4che closes
 *       itself, 50 ms after its last word</td></tr>
 *   <tr><td>request</td><td>{@code Connection.acceptTimeout}</td></tr>
 *   <tr><td>release</td><td>{@code Connection.releaseTimeout}</td></tr>
 *   <tr><td>idle</td><td>{@code Connection.idleTimeout}; also for a command whose data set does not begin, because dcm4che
 *       tells nobody of it before</td></tr>
 *   <tr><td>connect</td><td>{@code Connection.connectTimeout}</td></tr>
 *   <tr><td>move</td><td>this module</td></tr>
 *   <tr><td>response</td><td>this module, for responses, for data sets that stop arriving, and for a peer that takes
 *       nothing of what is sent</td></tr>
 *   <tr><td>drain, handlerThreads, handlerQueue</td><td>this module; no share of the threads is kept from a peer</td></tr>
 *   <tr><td>codec</td><td>this module for requests; a data set in a response is read by dcm4che, without bound, before it
 *       is checked</td></tr>
 * </table>
 *
 * <p>dcm4che reads each connection on a thread of its own, and a C-STORE handler runs on that thread while one of the
 * handler threads waits for it: it must read the data set on the thread that it is called on.
 */
@NullMarked
package io.collimator.dicom.dcm4che;

import org.jspecify.annotations.NullMarked;
