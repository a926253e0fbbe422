/**
 * The association state machine (PS3.8 §9.2, Tables 9-1 to 9-10) as data:
 * {@link io.collimator.dicom.net.fsm.TransitionTable} says which action and state follow, {@link
 * io.collimator.dicom.net.fsm.StateMachine} takes events and returns {@link io.collimator.dicom.net.fsm.Effect}s as
 * values. Other modules use {@code io.collimator.dicom.service} instead.
 */
@NullMarked
package io.collimator.dicom.net.fsm;

import org.jspecify.annotations.NullMarked;
