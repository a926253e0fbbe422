package io.collimator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schemas that editors use say what the readers say. */
class SchemaTest {

    private static final Map<?, ?> DEFINITION = schema("definition");
    private static final Map<?, ?> SENDERS = schema("senders");

    @Test
    void every_shipped_file_satisfies_its_schema() throws IOException {
        for (Map.Entry<String, String> file :
                MappingFiles.read(Path.of(".")).texts().entrySet()) {
            if (file.getKey().startsWith("definitions/")) {
                assertThat(faults(DEFINITION, yaml(file.getValue())))
                        .as(file.getKey())
                        .isEmpty();
            } else if (file.getKey().equals("senders.yaml")) {
                assertThat(faults(SENDERS, yaml(file.getValue())))
                        .as(file.getKey())
                        .isEmpty();
            }
        }
    }

    @Test
    void the_schema_knows_every_key_that_the_reader_knows() {
        assertThat(keys(DEFINITION)).isEqualTo(new TreeSet<>(DefinitionReader.KEYS));
        assertThat(keys(part(DEFINITION, "rule"))).isEqualTo(new TreeSet<>(RuleReader.KEYS));
        assertThat(keys(part(SENDERS, "profile"))).isEqualTo(new TreeSet<>(SenderReader.KEYS));
        assertThat(keys(part(SENDERS, "match"))).isEqualTo(new TreeSet<>(SenderReader.MATCH_KEYS));
    }

    @Test
    void the_schema_knows_every_word_that_the_reader_knows() {
        assertThat(words(part(DEFINITION, "rule"), "convert"))
                .containsExactlyElementsOf(Arrays.stream(Conversion.values())
                        .map(Conversion::label)
                        .toList());
        assertThat(words(part(DEFINITION, "rule"), "not-in-table"))
                .containsExactlyElementsOf(labels(Rule.NotInTable.values()));
        assertThat(words(DEFINITION, "layer")).containsExactlyElementsOf(labels(Layer.values()));
        Map<?, ?> profile = part(SENDERS, "profile");
        assertThat(words(profile, "strictness")).containsExactlyElementsOf(labels(SenderProfile.Strictness.values()));
        assertThat(words(profile, "undecodable")).containsExactlyElementsOf(labels(SenderProfile.Undecodable.values()));
        assertThat(words(profile, "study-uid")).containsExactlyElementsOf(labels(SenderProfile.StudyUid.values()));
        assertThat(words(profile, "unknown-order-change"))
                .containsExactlyElementsOf(labels(SenderProfile.UnknownOrderChange.values()));
        assertThat(words(profile, "unknown-order-cancel"))
                .containsExactlyElementsOf(labels(SenderProfile.UnknownOrderCancel.values()));
        assertThat(words(profile, "no-show")).containsExactlyElementsOf(labels(SenderProfile.NoShow.values()));
        assertThat(words(profile, "replies")).containsExactlyElementsOf(labels(SenderProfile.Replies.values()));
    }

    @Test
    void what_the_reader_refuses_the_schema_refuses() {
        List.of(
                        "definition: x\nmessages: ORM^O01\nelse: never\nrules: []\n",
                        "definition: x\nmessages: ORM\nelse: omit\nrules: []\n",
                        "definition: x\nelse: omit\nrules: []\n",
                        "fragment: x\nrules:\n  - {id: a, target: PatientID, from: PID3, convert: key}\n",
                        "fragment: x\nrules:\n  - {id: a, target: PatientID, from: PID-3, converts: key}\n",
                        "fragment: x\nrules:\n  - {id: A B, target: PatientID, from: PID-3, convert: key}\n",
                        "fragment: x\nrules:\n  - {id: a, when: PID-3, target: PatientID, from: PID-3, convert: key}\n")
                .forEach(text -> {
                    assertThat(faults(DEFINITION, yaml(text))).as(text).isNotEmpty();
                    assertThat(Samples.problems(() -> Samples.set("definitions/x.yaml", text)))
                            .as(text)
                            .isNotEmpty();
                });
    }

    private static Map<?, ?> schema(String name) {
        try {
            return (Map<?, ?>) yaml(Files.readString(Path.of("schema", name + ".schema.json"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    private static Set<String> keys(Map<?, ?> schema) {
        Set<String> keys = new TreeSet<>();
        ((Map<?, ?>) schema.get("properties")).keySet().forEach(key -> keys.add(key.toString()));
        return keys;
    }

    private static Map<?, ?> part(Map<?, ?> schema, String name) {
        return (Map<?, ?>) ((Map<?, ?>) schema.get("$defs")).get(name);
    }

    private static List<String> words(Map<?, ?> schema, String key) {
        Map<?, ?> property = (Map<?, ?>) ((Map<?, ?>) schema.get("properties")).get(key);
        return ((List<?>) property.get("enum")).stream().map(Object::toString).toList();
    }

    private static List<String> labels(Enum<?>... words) {
        return Arrays.stream(words).map(RuleReader::label).toList();
    }

    /** What of the value does not satisfy the schema, in the part of JSON Schema that ours use. */
    private static List<String> faults(Map<?, ?> schema, Object value) {
        List<String> faults = new ArrayList<>();
        check(schema, schema, value, "", faults);
        return faults;
    }

    private static void check(Map<?, ?> root, Map<?, ?> schema, Object value, String path, List<String> faults) {
        if (schema.get("$ref") instanceof String reference) {
            check(root, part(root, reference.substring("#/$defs/".length())), value, path, faults);
        }
        if (schema.get("type") instanceof String type && !isOf(type, value)) {
            faults.add(path + " is no " + type);
            return;
        }
        if (schema.get("enum") instanceof List<?> words && !words.contains(value)) {
            faults.add(path + " is none of " + words);
        }
        if (schema.get("pattern") instanceof String pattern && !value.toString().matches(pattern)) {
            faults.add(path + " does not match " + pattern);
        }
        alternatives(root, schema, value, path, faults);
        if (value instanceof Map<?, ?> map) {
            checkMap(root, schema, map, path, faults);
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < list.size(); i++) {
                check(root, items, list.get(i), path + "[" + i + "]", faults);
            }
        }
    }

    private static void alternatives(Map<?, ?> root, Map<?, ?> schema, Object value, String path, List<String> faults) {
        for (String key : List.of("anyOf", "oneOf")) {
            if (schema.get(key) instanceof List<?> choices) {
                long fitting = choices.stream()
                        .filter(choice -> {
                            List<String> inner = new ArrayList<>();
                            check(root, (Map<?, ?>) choice, value, path, inner);
                            return inner.isEmpty();
                        })
                        .count();
                if (fitting == 0 || (key.equals("oneOf") && fitting > 1)) {
                    faults.add("%s fits %d of %s".formatted(path, fitting, key));
                }
            }
        }
    }

    private static void checkMap(Map<?, ?> root, Map<?, ?> schema, Map<?, ?> map, String path, List<String> faults) {
        if (schema.get("required") instanceof List<?> required) {
            required.stream().filter(key -> !map.containsKey(key)).forEach(key -> faults.add(path + " has no " + key));
        }
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> some ? some : Map.of();
        map.forEach((key, inner) -> {
            String place = path + "." + key;
            if (properties.get(key) instanceof Map<?, ?> property) {
                check(root, property, inner, place, faults);
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> other) {
                check(root, other, inner, place, faults);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                faults.add(place + " is not known");
            }
        });
    }

    private static boolean isOf(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer;
            default -> throw new IllegalStateException("The schema has the type " + type + ", which no one checks.");
        };
    }
}
