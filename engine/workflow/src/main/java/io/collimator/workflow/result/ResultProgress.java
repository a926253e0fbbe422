package io.collimator.workflow.result;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a result has come, and when it came there.
 *
 * @param at by the sender's clock; null when an earlier version of the engine passed it on, so that any time is newer
 */
public record ResultProgress(ResultStatus status, @Nullable Instant at) {

    /**
     * Whether another one may not follow. A correction and a withdrawal always may; a final one that is not older than a
     * final one, or is newer than what took one back; what comes before a final one only until there is one, or when it is
     * newer than a withdrawal.
     */
    public boolean refuses(ResultProgress next) {
        if (next.isTakingBack()) {
            return false;
        }
        boolean newAfterIt = status == ResultStatus.CANCELLED || next.status == ResultStatus.FINAL;
        if (next.status.rank() < status.rank()) {
            return !newAfterIt || !next.isNewerThan(this);
        }
        return next.status.rank() == status.rank() && isNewerThan(next);
    }

    /** Whether it is said of an earlier time than the other, and goes on all the same. */
    public boolean isLateCorrectionOf(ResultProgress other) {
        return isTakingBack() && other.at != null && other.isNewerThan(this);
    }

    /** What holds after another one followed: a late correction, and one that is no step further, does not turn the time back. */
    public ResultProgress then(ResultProgress next) {
        boolean isAnOlderOne = next.status == status && isNewerThan(next);
        return isAnOlderOne || next.isLateCorrectionOf(this) ? new ResultProgress(next.status, at) : next;
    }

    private boolean isTakingBack() {
        return status.rank() > ResultStatus.FINAL.rank();
    }

    private boolean isNewerThan(ResultProgress other) {
        return at != null && (other.at == null || at.isAfter(other.at));
    }
}
