/**
 * Who is examined: {@link io.collimator.workflow.patient.PatientId} decides whether two messages speak of the same person,
 * {@link io.collimator.workflow.patient.PatientRecord} keeps what is known of a person. Other modules make a PatientMessage
 * or a MergeMessage of an ADT message.
 */
@NullMarked
package io.collimator.workflow.patient;

import org.jspecify.annotations.NullMarked;
