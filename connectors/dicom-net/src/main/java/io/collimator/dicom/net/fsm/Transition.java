package io.collimator.dicom.net.fsm;

import org.jspecify.annotations.Nullable;

/**
 * A cell of PS3.8 Table 9-10.
 *
 * @param next the state after the action
 * @param otherwise the other state where the action decides: AE-6 when it rejects, AR-8 on the acceptor's side
 */
public record Transition(
        FsmAction action, FsmState next, @Nullable FsmState otherwise) {}
