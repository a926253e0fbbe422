package io.collimator.engine.intake;

import io.collimator.engine.reload.ProfileReading;
import io.collimator.hl7.ack.Hl7Acceptance;
import io.collimator.hl7.ack.OrderResponsePolicy;
import io.collimator.hl7.message.ReadingSettings;
import io.collimator.mapping.SenderProfile;
import io.collimator.workflow.appointment.NoShowPolicy;
import io.collimator.workflow.order.NamedField;
import io.collimator.workflow.order.OrderPolicies;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * A sender's profile in the words of those who act on it.
 *
 * @param acceptance what it may send
 * @param reading how its bytes become text
 * @param responses whether its orders are answered by an order response
 */
record SenderTerms(
        SenderProfile profile,
        Hl7Acceptance acceptance,
        ReadingSettings reading,
        OrderResponsePolicy responses,
        OrderPolicies orders,
        NoShowPolicy noShow) {

    static SenderTerms of(SenderProfile profile, EngineTerms engine) {
        return new SenderTerms(
                profile,
                new Hl7Acceptance(engine.acceptance()
                        .narrowedTo(
                                new LinkedHashSet<>(profile.versions()), new LinkedHashSet<>(profile.processingIds()))),
                ProfileReading.of(profile, engine.reading()),
                switch (profile.replies()) {
                    case ACKNOWLEDGEMENT -> OrderResponsePolicy.AS_ASKED;
                    case ORDER_RESPONSE -> OrderResponsePolicy.ALWAYS;
                },
                orders(profile),
                switch (profile.noShow()) {
                    case KEEP -> NoShowPolicy.KEEP;
                    case CANCEL -> NoShowPolicy.CANCEL;
                });
    }

    String name() {
        return profile.name();
    }

    static OrderPolicies orders(SenderProfile profile) {
        return new OrderPolicies(
                switch (profile.studyUid()) {
                    case DERIVE -> OrderPolicies.StudyUid.DERIVE;
                    case REQUIRE -> OrderPolicies.StudyUid.REQUIRE;
                    case REPLACE_INVALID -> OrderPolicies.StudyUid.REPLACE_INVALID;
                },
                switch (profile.unknownOrderChange()) {
                    case CREATE -> OrderPolicies.UnknownChange.CREATE;
                    case REFUSE -> OrderPolicies.UnknownChange.REFUSE;
                },
                switch (profile.unknownOrderCancel()) {
                    case REFUSE -> OrderPolicies.UnknownCancel.REFUSE;
                    case ACCEPT -> OrderPolicies.UnknownCancel.ACCEPT;
                },
                profile.accessionFrom().stream()
                        .map(NamedField::parse)
                        .flatMap(Optional::stream)
                        .toList());
    }
}
