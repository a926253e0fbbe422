package io.collimator.acceptance.kill;

/** Where the process dies. */
enum KillPoint {
    /** The order is committed, its sender has no answer. */
    AFTER_COMMIT_BEFORE_ACK,
    /** The notices are committed and read by the relay, none is sent. */
    BETWEEN_COMMIT_AND_RELAY,
    /** The notices are on their queues, the outbox does not know. */
    AFTER_SEND_BEFORE_MARK,
    /** The RIS has accepted a status, which is recorded; the status is still on its queue. */
    AFTER_ACCEPTANCE_IS_RECORDED,
    /** The modality has its N-ACTION response, the archive was not asked. */
    AFTER_N_ACTION_RESPONSE,
    /** The archive has reported and was answered, the modality was not told. */
    BETWEEN_THE_REPORTS,
    /** The mapping version is committed, no file of it is in the home. */
    AFTER_MAPPING_COMMIT
}
