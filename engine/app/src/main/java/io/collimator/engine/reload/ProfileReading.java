package io.collimator.engine.reload;

import io.collimator.hl7.message.Hl7Limits;
import io.collimator.hl7.message.ReadingSettings;
import io.collimator.hl7.message.ReadingSettings.Undecodable;
import io.collimator.mapping.SenderProfile;
import java.nio.charset.Charset;

/** How the bytes of a sender become text: the same at the intake, in a dry run and in a comparison. */
public final class ProfileReading {

    private ProfileReading() {}

    /** @param standard where neither the message nor the profile names a character set */
    public static ReadingSettings of(SenderProfile profile, Charset standard) {
        return new ReadingSettings(
                ReadingSettings.characterSet(profile.characterSet()).orElse(standard),
                switch (profile.undecodable()) {
                    case FALL_BACK -> Undecodable.FALL_BACK;
                    case REFUSE -> Undecodable.REFUSE;
                },
                Hl7Limits.DEFAULT);
    }
}
