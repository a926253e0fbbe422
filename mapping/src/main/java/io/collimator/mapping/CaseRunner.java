package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.hl7.message.Hl7Limits;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.ReadingSettings;
import io.collimator.hl7.message.ReadingSettings.Undecodable;
import io.collimator.hl7.outcome.AckOutcome;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs golden cases and says in words where they differ. */
final class CaseRunner {

    private static final String FOLDER = "cases/";
    private static final String MESSAGE = "/message.hl7";
    private static final String EXPECTED = "/expected.json";

    private static final String TIME_ZONE = "timeZone";
    private static final String AUTHORITY = "patientIdAuthority";
    private static final String IGNORED = "ignore";
    private static final String SENDER = "sender";
    private static final String REFUSED = "refused";
    private static final String LEFT = "ignored";

    private final MappingSet mapping;

    CaseRunner(MappingSet mapping) {
        this.mapping = mapping;
    }

    List<CaseResult> run() {
        TreeSet<String> names = new TreeSet<>();
        for (String file : mapping.files().names(FOLDER)) {
            names.add(file.substring(FOLDER.length(), file.indexOf('/', FOLDER.length())));
        }
        return names.stream().map(this::run).toList();
    }

    private CaseResult run(String name) {
        Optional<String> message = mapping.files().text(FOLDER + name + MESSAGE);
        if (message.isEmpty()) {
            return new CaseResult(name, List.of("message.hl7 is missing"), "");
        }
        Optional<String> expected = mapping.files().text(FOLDER + name + EXPECTED);
        List<MappingProblem> problems = new ArrayList<>();
        Map<String, String> wanted = expected.map(
                        text -> Json.flat("mapping/" + FOLDER + name + EXPECTED, text, problems))
                .orElseGet(Map::of);
        Json.Tree actual = actual(message.get(), wanted);
        List<String> differences = new ArrayList<>();
        if (expected.isEmpty()) {
            differences.add("expected.json is missing; take the actual result when it is right");
        } else if (!problems.isEmpty()) {
            problems.forEach(problem -> differences.add(problem.toString()));
        } else {
            differences.addAll(judged(wanted, actual.flat()));
        }
        return new CaseResult(name, differences, actual.text());
    }

    /** Where one side refuses the message there is nothing else to compare. */
    private static List<String> judged(Map<String, String> wanted, Map<String, String> actual) {
        String refusal = actual.get(REFUSED);
        String expected = wanted.get(REFUSED);
        if (Objects.equals(refusal, expected)) {
            return differences(compared(wanted), compared(actual));
        } else if (refusal == null) {
            return List.of("refused: the message is taken, expected \"%s\"".formatted(expected));
        }
        return List.of(
                expected == null
                        ? "refused: is \"%s\", expected that the message is taken".formatted(refusal)
                        : "refused: is \"%s\", expected \"%s\"".formatted(refusal, expected));
    }

    /** Without the attributes that the case leaves to the tables of the house. */
    private static Map<String, String> compared(Map<String, String> values) {
        Map<String, String> compared = new TreeMap<>(values);
        for (String keyword : ignored(values)) {
            compared.keySet().removeIf(path -> path.replaceAll("\\[\\d+]$", "").endsWith("." + keyword));
        }
        return compared;
    }

    private static List<String> ignored(Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(IGNORED + "["))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<String> differences(Map<String, String> wanted, Map<String, String> actual) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(wanted.keySet());
        paths.addAll(actual.keySet());
        for (String path : paths) {
            String want = wanted.get(path);
            String is = actual.get(path);
            if (want == null) {
                differences.add("%s: is \"%s\", expected nothing".formatted(path, is));
            } else if (is == null) {
                differences.add("%s: is missing, expected \"%s\"".formatted(path, want));
            } else if (!want.equals(is)) {
                differences.add("%s: is \"%s\", expected \"%s\"".formatted(path, is, want));
            }
        }
        return differences;
    }

    /** By the settings that the case names and not the home's: what it makes is the same wherever it runs. */
    private Json.Tree actual(String text, Map<String, String> wanted) {
        Json.Tree actual = actual(
                text,
                mapping.with(new MappingSettings(
                        zone(wanted.getOrDefault(TIME_ZONE, "")), wanted.getOrDefault(AUTHORITY, ""), "")),
                wanted.get(SENDER));
        for (String setting : List.of(TIME_ZONE, AUTHORITY)) {
            if (wanted.containsKey(setting)) {
                actual.with(setting, wanted.get(setting));
            }
        }
        return actual.withTexts(IGNORED, ignored(wanted));
    }

    /** UTC where the case names no zone, or none that there is: its times then differ, which tells. */
    private static ZoneId zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? ZoneId.of(name) : ZoneOffset.UTC;
    }

    /** @param sender profile that the case names, null for the one that its header picks */
    private static Json.Tree actual(String text, MappingSet mapping, @Nullable String sender) {
        try {
            Hl7Message message = message(text);
            SenderProfile profile = sender == null
                    ? mapping.senders().pick(0, message.headers())
                    : mapping.senders().named(sender);
            IgnoredOrders ignored = mapping.ignoredOrders(message);
            if (profile.ignores(message.headers()) || ignored.isWhole()) {
                return new Json.Tree().with(SENDER, profile.name()).with(LEFT, "true");
            }
            return switch (MappingSet.Family.of(message.kind())) {
                case ORDERS -> CaseText.of(mapping.map(message, profile, ignored));
                case PATIENTS -> CaseText.of(mapping.mapPatient(message, profile));
                case APPOINTMENTS -> CaseText.of(mapping.mapAppointment(message, profile));
            };
        } catch (Hl7RejectedException e) {
            String code = e.refusal() instanceof AckOutcome.Rejected ? "AR" : "AE";
            Json.Tree tree = new Json.Tree();
            if (sender != null) {
                tree.with(SENDER, mapping.senders().named(sender).name());
            }
            return tree.with(
                    REFUSED,
                    "%s %d %s: %s"
                            .formatted(
                                    code,
                                    e.refusal().code().code(),
                                    e.refusal().location(),
                                    e.refusal().text()));
        }
    }

    /** The file is UTF-8 with any line ends; the message goes in the character set that it names itself. */
    private static Hl7Message message(String text) {
        String lines = text.replace("\r\n", "\r").replace('\n', '\r');
        Charset charset = Hl7Headers.read(lines.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .map(Hl7Headers::charset)
                .orElse(StandardCharsets.UTF_8);
        return Hl7Message.parse(
                lines.getBytes(charset), new ReadingSettings(charset, Undecodable.FALL_BACK, Hl7Limits.DEFAULT));
    }
}
