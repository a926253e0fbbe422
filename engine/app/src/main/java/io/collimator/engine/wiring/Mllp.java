package io.collimator.engine.wiring;

import io.collimator.camel.hl7.MllpTransport;
import io.collimator.camel.hl7.MllpTransportSettings;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.intake.RefusedMessages;
import io.collimator.engine.messaging.NoticeFormat;
import io.collimator.hl7.ack.AckFactory;
import io.collimator.hl7.mllp.MllpSettings;
import io.collimator.workflow.port.Identifiers;
import java.time.Clock;

/** Sets up MLLP by the settings. */
final class Mllp {

    private Mllp() {}

    /** Where times and control IDs come from. */
    record Names(Clock clock, Identifiers identifiers) {}

    static MllpTransport transport(EngineSettings settings, RefusedMessages refused, Names names) {
        io.collimator.engine.config.MllpSettings mllp = settings.mllp();
        AckFactory answers = new AckFactory(
                names.clock().withZone(settings.zone()),
                () -> NoticeFormat.controlId(names.identifiers().newId()));
        return new MllpTransport(
                new MllpTransportSettings(
                        new MllpSettings(
                                mllp.maxFrameBytes(),
                                mllp.endBlockPause(),
                                mllp.partialFrameTimeout(),
                                mllp.idleTimeout()),
                        settings.hl7().characterSet(),
                        new MllpTransportSettings.Limits(
                                mllp.maxConnections(), mllp.maxConnectionsOfHost(), mllp.maxBufferedBytes()),
                        mllp.threads(),
                        mllp.answerTimeout()),
                answers,
                (head, refusal, remoteAddress) -> refused.keep(head, refusal));
    }
}
