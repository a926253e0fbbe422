package io.collimator.mapping;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.hl7.message.ReadingSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code senders.yaml}; collects every problem with its line. */
final class SenderReader {

    /** The keys of a profile. */
    static final Set<String> KEYS = Set.of(
            "description",
            "match",
            "overlay",
            "strictness",
            "character-set",
            "undecodable",
            "accession-from",
            "patient-authority",
            "accession-authority",
            "order-authority",
            "study-uid",
            "unknown-order-change",
            "unknown-order-cancel",
            "no-show",
            "merge-across-authorities",
            "versions",
            "processing-ids",
            "replies",
            "station",
            "ignore");

    /** The keys of a match. */
    static final Set<String> MATCH_KEYS = Set.of("port", "application", "facility");

    private static final int MAX_SENDERS = 1_000;
    private static final int MAX_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Pattern KIND = Pattern.compile("[A-Z][A-Z0-9]{2}(\\^[A-Z][A-Z0-9]{2})?");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    private final String file;
    private final Set<String> overlays;
    private final List<MappingProblem> problems;
    private final List<MappingProblem> warnings;

    /** @param overlays that profiles may choose */
    SenderReader(String file, Set<String> overlays, List<MappingProblem> problems, List<MappingProblem> warnings) {
        this.file = file;
        this.overlays = overlays;
        this.problems = problems;
        this.warnings = warnings;
    }

    List<SenderProfile> read(String text) {
        Optional<Node> root = YamlText.compose(file, text, problems);
        if (root.isEmpty()) {
            return List.of();
        }
        YamlMap map = new YamlMap(file, "", root.get(), Set.of("senders"), problems);
        Optional<Node> senders = map.node("senders");
        if (senders.isEmpty() || !(senders.get() instanceof MappingNode blocks)) {
            map.problem("senders", "", "Write a block for each sender here, its name first.");
            return List.of();
        }
        if (blocks.getValue().size() > MAX_SENDERS) {
            map.problem("senders", "", "There are at most %d senders.".formatted(MAX_SENDERS));
            return List.of();
        }
        Map<String, SenderProfile> profiles = new HashMap<>();
        List<SenderProfile> inOrder = new ArrayList<>();
        Map<String, String> matches = new HashMap<>();
        for (NodeTuple block : blocks.getValue()) {
            String name = block.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            int line = YamlMap.lineOf(block.getKeyNode());
            if (!NAME.matcher(name).matches()) {
                problem(line, "senders", name, "Name it with letters, digits, hyphens; at most 64.");
                continue;
            }
            SenderProfile profile = profile(name, line, block.getValueNode());
            if (profiles.putIfAbsent(name, profile) != null) {
                problem(line, "senders", name, "The name stands here twice; choose another.");
                continue;
            }
            inOrder.add(profile);
            checkMatches(profile, line, matches);
        }
        return inOrder;
    }

    private void checkMatches(SenderProfile profile, int line, Map<String, String> taken) {
        boolean isDefault = profile.name().equals(SenderProfile.DEFAULT);
        if (isDefault && !profile.matches().isEmpty()) {
            problem(line, "match", profile.name(), "The default is for everyone else; it has no match.");
        }
        if (!isDefault && profile.matches().isEmpty()) {
            warnings.add(new MappingProblem(
                    file,
                    line,
                    "match",
                    profile.name(),
                    "No message is for this profile; it can only be named by hand."));
        }
        for (SenderProfile.Match match : profile.matches()) {
            String other = taken.putIfAbsent(match.key(), profile.name());
            if (other != null) {
                problem(
                        line,
                        "match",
                        profile.name(),
                        "\"%s\" matches the same messages; make one of them say more.".formatted(other));
            }
        }
    }

    private SenderProfile profile(String name, int line, Node node) {
        SenderProfile standard = SenderProfile.standard(name);
        if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
            return standard;
        }
        YamlMap map = new YamlMap(file, "senders." + name, node, KEYS, problems);
        return new SenderProfile(
                name,
                map.text("description").orElse(""),
                matches(map, line),
                overlay(map),
                word(map, "strictness", standard.strictness()),
                characterSet(map),
                word(map, "undecodable", standard.undecodable()),
                accessionFrom(map),
                authority(map, "patient-authority"),
                authority(map, "accession-authority"),
                authority(map, "order-authority"),
                word(map, "study-uid", standard.studyUid()),
                word(map, "unknown-order-change", standard.unknownOrderChange()),
                word(map, "unknown-order-cancel", standard.unknownOrderCancel()),
                word(map, "no-show", standard.noShow()),
                word(map, "merge-across-authorities", standard.mergeAcross()),
                texts(map, "versions"),
                processingIds(map),
                word(map, "replies", standard.replies()),
                stations(map),
                ignored(map));
    }

    private static List<String> ignored(YamlMap map) {
        List<String> kinds = new ArrayList<>();
        for (YamlMap.Scalar kind : map.texts("ignore")) {
            if (KIND.matcher(kind.text()).matches()) {
                kinds.add(kind.text());
            } else {
                map.problem(
                        kind.line(),
                        map.field("ignore"),
                        kind.text(),
                        "Write a message type and event such as ADT^A31, or a type alone such as ORU, as MSH-9 has them.");
            }
        }
        return kinds;
    }

    private static List<String> processingIds(YamlMap map) {
        return map.textsOrEmpty("processing-ids").stream()
                .map(id -> id.text().equals("(empty)") ? "" : id.text())
                .toList();
    }

    private List<SenderProfile.Match> matches(YamlMap map, int line) {
        List<SenderProfile.Match> matches = new ArrayList<>();
        Optional<Node> node = map.node("match");
        List<Node> nodes = node.isEmpty()
                ? List.of()
                : node.get() instanceof SequenceNode list ? list.getValue() : List.of(node.get());
        for (Node one : nodes) {
            YamlMap match = new YamlMap(file, map.field("match"), one, MATCH_KEYS, problems);
            SenderProfile.Match read = new SenderProfile.Match(
                    port(match),
                    match.text("application").orElse(""),
                    match.text("facility").orElse(""));
            if (read.weight() == 0) {
                problem(line, map.field("match"), "", "Name a port, an application (MSH-3) or a facility (MSH-4).");
            } else {
                matches.add(read);
            }
        }
        return matches;
    }

    private static int port(YamlMap match) {
        Optional<String> text = match.text("port");
        if (text.isEmpty()) {
            return 0;
        }
        int port = PORT.matcher(text.get()).matches() ? Integer.parseInt(text.get()) : 0;
        if (port < 1 || port > MAX_PORT) {
            match.problem("port", text.get(), "Write a port from 1 to %d.".formatted(MAX_PORT));
        }
        return port;
    }

    private static String characterSet(YamlMap map) {
        String term = map.text("character-set").orElse("");
        if (!term.isBlank() && ReadingSettings.characterSet(term).isEmpty()) {
            map.problem(
                    "character-set",
                    term,
                    "No such character set is known; write a term of HL7 table 0211: %s."
                            .formatted(ReadingSettings.KNOWN_CHARACTER_SETS));
        }
        return term;
    }

    private String overlay(YamlMap map) {
        String overlay = map.text("overlay").orElse("");
        if (!overlay.isEmpty() && !overlays.contains(overlay)) {
            map.problem(
                    "overlay",
                    overlay,
                    "No file of mapping/definitions has this overlay; %s"
                            .formatted(
                                    overlays.isEmpty()
                                            ? "none has any: write overlay: %s into the file that is meant."
                                                    .formatted(overlay)
                                            : "known: %s.".formatted(String.join(", ", overlays))));
        }
        return overlay;
    }

    private static String authority(YamlMap map, String key) {
        String text = map.text(key).orElse("");
        if (!text.isEmpty() && AssigningAuthority.parse(text).isEmpty()) {
            map.problem(
                    key,
                    text,
                    "Write a namespace, or a namespace, universal ID and type: NORTH&1.2.3&ISO or &1.2.3&ISO.");
        }
        return text;
    }

    private static List<String> accessionFrom(YamlMap map) {
        List<String> fields = new ArrayList<>();
        for (YamlMap.Scalar field : map.texts("accession-from")) {
            if (Source.field(field.text()).isEmpty()) {
                map.problem(
                        field.line(),
                        map.field("accession-from"),
                        field.text(),
                        "Write a field such as OBR-18 or ORC-3.1.");
            } else {
                fields.add(field.text());
            }
        }
        return fields;
    }

    private static List<String> stations(YamlMap map) {
        List<String> stations = new ArrayList<>();
        for (YamlMap.Scalar text : map.texts("station")) {
            for (String part : LookupReader.parts(text.text(), Vr.AE)) {
                String title = part.strip();
                if (AeTitle.parse(title).isEmpty()) {
                    map.problem(
                            text.line(),
                            map.field("station"),
                            text.text(),
                            "Write an AE title of at most 16 characters; several are joined by +.");
                } else {
                    stations.add(title);
                }
            }
        }
        return stations;
    }

    private static List<String> texts(YamlMap map, String key) {
        return map.texts(key).stream().map(YamlMap.Scalar::text).toList();
    }

    private static <E extends Enum<E>> E word(YamlMap map, String key, E standard) {
        Optional<String> text = map.text(key);
        if (text.isEmpty()) {
            return standard;
        }
        List<String> known = new ArrayList<>();
        for (E choice : standard.getDeclaringClass().getEnumConstants()) {
            String label = RuleReader.label(choice);
            if (label.equals(text.get())) {
                return choice;
            }
            known.add(label);
        }
        map.problem(key, text.get(), "Write %s.".formatted(String.join(" or ", known)));
        return standard;
    }

    private void problem(int line, String field, String found, String fix) {
        problems.add(new MappingProblem(file, line, field, found, fix));
    }
}
