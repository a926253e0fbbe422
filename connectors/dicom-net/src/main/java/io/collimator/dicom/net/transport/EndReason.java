package io.collimator.dicom.net.transport;

import io.collimator.dicom.net.pdu.Abort;
import io.collimator.dicom.net.pdu.AssociateRj;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why an association ended or never began, in words for whoever waits for it. */
final class EndReason {

    private EndReason() {}

    /** We reject the peer. */
    static AssociationException rejectedByUs(AssociateRj answer, String why) {
        return AssociationException.rejected(why, answer.result(), answer.source(), answer.reason());
    }

    /** The peer rejects us. */
    static AssociationException rejectedByPeer(AssociateRj answer) {
        String meaning = answer.equals(AssociateRj.CALLING_AE_TITLE_NOT_RECOGNIZED)
                ? "it does not know our AE title; register it there"
                : answer.equals(AssociateRj.CALLED_AE_TITLE_NOT_RECOGNIZED)
                        ? "it has another AE title; correct ours of it"
                        : "see PS3.8 §9.3.4 for result/source/reason";
        return AssociationException.rejected(
                "The peer rejected the association with %s: %s.".formatted(answer, meaning),
                answer.result(),
                answer.source(),
                answer.reason());
    }

    static AssociationException abortedBy(Abort abort) {
        return aborted(
                "The peer aborted the association (source %d, reason %d).".formatted(abort.source(), abort.reason()));
    }

    static AssociationException protocolBroken(@Nullable String what) {
        return aborted("The peer broke the protocol: " + what);
    }

    static AssociationException abortedByUs() {
        return aborted("The association was aborted by this side.");
    }

    static AssociationException released() {
        return new AssociationException(Kind.CLOSED, "The association was released.", null);
    }

    static AssociationException connectionLost() {
        return new AssociationException(Kind.CLOSED, "The peer closed the connection.", null);
    }

    static AssociationException idle(Duration time) {
        return new AssociationException(Kind.TIMEOUT, "The association was idle for %s.".formatted(time), null);
    }

    static AssociationException releaseUnanswered(Duration time) {
        return new AssociationException(
                Kind.TIMEOUT, "The peer did not answer A-RELEASE-RQ within %s.".formatted(time), null);
    }

    static AssociationException silent(Duration time) {
        return new AssociationException(
                Kind.TIMEOUT, "The peer asked for no association within %s.".formatted(time), null);
    }

    private static AssociationException aborted(String message) {
        return new AssociationException(Kind.ABORTED, message, null);
    }
}
