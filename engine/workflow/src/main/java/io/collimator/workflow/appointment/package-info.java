/** Appointments of ordered steps (HL7 v2.5.1 chapter 10, SIU): what a message says of one. */
@NullMarked
package io.collimator.workflow.appointment;

import org.jspecify.annotations.NullMarked;
