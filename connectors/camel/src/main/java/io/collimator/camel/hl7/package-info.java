/**
 * MLLP for camel-netty, and the ACK policy (HL7 v2.5.1 §2.9.2, appendix C). The engine installs one
 * {@link io.collimator.camel.hl7.MllpTransport} in its Camel context; a route then names {@code #mllpDecoder} and
 * {@code #mllpEncoder}, reads the headers of {@link io.collimator.camel.hl7.Hl7Constants}, and has no say in the answer.
 */
@NullMarked
package io.collimator.camel.hl7;

import org.jspecify.annotations.NullMarked;
