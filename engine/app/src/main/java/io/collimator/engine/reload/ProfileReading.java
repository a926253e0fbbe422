package io.collimator.engine.reload;

import io.collimator.hl7.message.ReadingSettings;
import io.collimator.hl7.message.ReadingSettings.Undecodable;
import io.collimator.mapping.SenderProfile;

/** How the bytes of a sender become text: the same at the intake, in a dry run and in a comparison. */
public final class ProfileReading {

    private ProfileReading() {}

    /** @param engine what holds where the profile says nothing, and the limits */
    public static ReadingSettings of(SenderProfile profile, ReadingSettings engine) {
        return new ReadingSettings(
                ReadingSettings.characterSet(profile.characterSet()).orElse(engine.standard()),
                switch (profile.undecodable()) {
                    case FALL_BACK -> Undecodable.FALL_BACK;
                    case REFUSE -> Undecodable.REFUSE;
                },
                engine.limits());
    }
}
