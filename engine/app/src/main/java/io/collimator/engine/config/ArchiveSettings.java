package io.collimator.engine.config;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.SettingsReader.Range;
import io.collimator.workflow.custody.CustodySettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The archive and storage commitment.
 *
 * @param archive AE title of the archive that requests go to which have no other one
 * @param alarmAfter how long a question may wait for the archive before a person is told
 * @param reportTimeout how long an association to the archive stays open for its report
 * @param poll longest time between two looks at what is due
 * @param custody times and sizes of the commitment proxy
 */
public record ArchiveSettings(
        AeTitle archive, Duration alarmAfter, Duration reportTimeout, Duration poll, CustodySettings custody) {

    static final String KEY = "collimator.archive";
    static final String FORM = "1 to 16 printable ASCII characters, no backslash";

    private static final String DELAYS = "seconds from 1 to 604800";

    static ArchiveSettings read(SettingsReader in) {
        in.section("Archive and storage commitment");
        return new ArchiveSettings(
                in.parsed(
                        KEY,
                        "ARCHIVE",
                        FORM,
                        ArchiveSettings::title,
                        "AE title of the archive that commitment requests go to unless config/archives.yaml names another one; registered in config/application-entities.yaml."),
                ForwardingSettings.alarmAfter(in, "archive", "the archive"),
                in.duration(
                        "collimator.custody.archive-report-timeout-seconds",
                        10,
                        600,
                        "How long an association to the archive stays open for its report; later it comes on a new one."),
                in.duration(
                        "collimator.custody.poll-seconds", 2, 300, "Longest time between two looks at what is due."),
                custody(in));
    }

    /** What is a list is told of when the registered titles are known, which may hold blanks and commas. */
    private static Optional<AeTitle> title(String text) {
        return AeTitle.parse(text)
                .or(() -> OneValue.isList(text, part -> AeTitle.parse(part).isPresent())
                        ? AeTitle.parse(OneValue.parts(text).get(0))
                        : Optional.empty());
    }

    private static CustodySettings custody(SettingsReader in) {
        return new CustodySettings(
                in.integer(
                        "collimator.custody.batch-instances",
                        1_000,
                        new Range(1, 20_000, "instances"),
                        "Instances that the archive is asked for with one transaction."),
                in.duration(
                        "collimator.custody.send-timeout-seconds",
                        120,
                        3_600,
                        "A question or report whose sending has no known end is sent again after this time."),
                in.duration(
                        "collimator.custody.archive-answer-timeout-minutes",
                        120,
                        10_080,
                        "An archive that has not reported by then is asked again."),
                in.duration(
                        "collimator.custody.max-age-minutes",
                        1_440,
                        525_600,
                        "What the archive has not settled by then is reported to the modality as failed (0110H)."),
                delays(
                        in,
                        "collimator.custody.ask-delays-seconds",
                        "5,10,20",
                        "Waits between attempts while the archive is not reached or refuses; the last one repeats."),
                delays(
                        in,
                        "collimator.custody.missing-delays-seconds",
                        "60,300,900,3600",
                        "Waits before the archive is asked again for instances that it does not have yet (0112H); one try each."),
                delays(
                        in,
                        "collimator.custody.report-delays-seconds",
                        "10,60,300,900,3600",
                        "Waits between attempts to deliver a report to the modality; the last one repeats."),
                in.duration(
                        "collimator.custody.report-max-age-minutes",
                        4_320,
                        525_600,
                        "A report that could not be delivered by then raises an exception."),
                in.duration(
                        "collimator.custody.unmatched-after-minutes",
                        60,
                        525_600,
                        "A commitment request whose instances no performed step has named by then raises an exception."));
    }

    private static List<Duration> delays(SettingsReader in, String key, String defaultText, String meaning) {
        return in.list(key, defaultText, DELAYS, ArchiveSettings::delay, meaning);
    }

    private static Optional<Duration> delay(String text) {
        return text.matches("[1-9][0-9]{0,5}") && Integer.parseInt(text) <= 604_800
                ? Optional.of(Duration.ofSeconds(Integer.parseInt(text)))
                : Optional.empty();
    }
}
