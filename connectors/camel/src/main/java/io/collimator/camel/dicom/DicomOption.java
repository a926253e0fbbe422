package io.collimator.camel.dicom;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.Priority;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/** The options of the producers, and what their values may be, before an endpoint is made of them. */
public enum DicomOption {
    CALLED_AE_TITLE(
            "calledAeTitle",
            text -> AeTitle.parse(text).isPresent(),
            "an AE title of config/application-entities.yaml, 1 to 16 characters"),
    INFORMATION_MODEL(
            "informationModel",
            text -> InformationModel.ofPath(text).isPresent(),
            "one of: " + InformationModel.paths()),
    PRIORITY("priority", DicomOption::isPriority, "low, medium or high"),
    MAX_MATCHES("maxMatches", text -> isWithin(text, 1, Bounds.MATCHES), "1 to 100000"),
    STREAMING("streaming", text -> text.equals("true") || text.equals("false"), "true or false"),
    MOVE_DESTINATION(
            "moveDestination",
            text -> AeTitle.parse(text).isPresent(),
            "an AE title of config/application-entities.yaml, 1 to 16 characters"),
    RECEIVER("receiver", DicomOption::isDirect, "direct: and the name of a route, for instance direct:images"),
    STORAGE_CLASSES("storageClasses", text -> isUids(text, Bounds.CLASSES), "1 to 120 UIDs with commas between them"),
    TRANSFER_SYNTAXES(
            "transferSyntaxes", text -> isUids(text, Bounds.SYNTAXES), "1 to 16 UIDs with commas between them"),
    MAX_INSTANCE_BYTES(
            "maxInstanceBytes", text -> isWithin(text, 1, Bounds.INSTANCE_BYTES), "1 to 68719476736 (64 GiB)"),
    REPORT_TIMEOUT("reportTimeout", DicomOption::isReportTimeout, "0s to 10m");

    /** Apart, because an enum's own constants come before its fields. */
    private static final class Bounds {

        static final int MATCHES = 100_000;
        static final int CLASSES = 120;
        static final int SYNTAXES = 16;
        static final long INSTANCE_BYTES = 64L << 30;
        static final Duration REPORT_TIMEOUT = Duration.ofMinutes(10);
        static final Pattern DIRECT = Pattern.compile("direct:[A-Za-z0-9._-]+");
    }

    private final String optionName;
    private final Predicate<String> rule;
    private final String expected;

    DicomOption(String optionName, Predicate<String> rule, String expected) {
        this.optionName = optionName;
        this.rule = rule;
        this.expected = expected;
    }

    /** As it is written: {@code calledAeTitle}. */
    public String optionName() {
        return optionName;
    }

    /** What a value must be, for a message: "1 to 100000". */
    public String expected() {
        return expected;
    }

    /** Whether an endpoint takes this value. */
    public boolean accepts(String value) {
        return rule.test(value);
    }

    public static Optional<DicomOption> ofName(String name) {
        return Arrays.stream(values())
                .filter(option -> option.optionName.equals(name))
                .findFirst();
    }

    /**
     * The value, when the option takes it.
     *
     * @throws IllegalArgumentException when it does not
     */
    <T> T require(T value, String text) {
        if (!accepts(text)) {
            throw new IllegalArgumentException(
                    "%s=%s of the dicom component is out of bounds; give %s.".formatted(optionName, text, expected));
        }
        return value;
    }

    /** UIDs with commas between them. */
    static List<Uid> uids(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Uid::new)
                .toList();
    }

    private static boolean isUids(String text, int most) {
        String[] parts = text.split(",", -1);
        return parts.length <= most
                && Arrays.stream(parts).allMatch(part -> Uid.parse(part.strip()).isPresent());
    }

    private static boolean isWithin(String text, long least, long most) {
        if (!text.matches("[0-9]{1,15}")) {
            return false;
        }
        long number = Long.parseLong(text);
        return number >= least && number <= most;
    }

    private static boolean isDirect(String text) {
        return Bounds.DIRECT.matcher(text).matches();
    }

    private static boolean isPriority(String text) {
        return Arrays.stream(Priority.values())
                .anyMatch(priority -> priority.name().toLowerCase(Locale.ROOT).equals(text));
    }

    private static boolean isReportTimeout(String text) {
        try {
            long millis = TimeUtils.toMilliSeconds(text);
            return millis >= 0 && millis <= Bounds.REPORT_TIMEOUT.toMillis();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
