/**
 * The proof of a commit that an exchange carries to the edge. The engine's intake beans attach the receipt of their commit as an
 * {@link io.collimator.camel.receipt.AcknowledgementReceipt}; without one no acknowledgement of success leaves the engine,
 * HL7 and DIMSE alike.
 */
@NullMarked
package io.collimator.camel.receipt;

import org.jspecify.annotations.NullMarked;
