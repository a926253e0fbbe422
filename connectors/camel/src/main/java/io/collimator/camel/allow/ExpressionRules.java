package io.collimator.camel.allow;

import io.collimator.hl7.message.FieldPath;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Rules for expressions: the languages constant, header, hl7terser and simple, and of simple only functions that read the message.
 * What is not known to be harmless is refused, because a function such as {@code ${body.x()}} can call any method.
 */
final class ExpressionRules {

    static final Set<String> LANGUAGES = Set.of("constant", "header", "hl7terser", "simple");

    static final String EXPRESSION = "expression";
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final String NAME = "(?:\\.[A-Za-z0-9_-]+|\\['?[A-Za-z0-9_.-]+'?])";
    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{([^{}$]*)}");
    private static final Pattern READS_MESSAGE = Pattern.compile("body|(?:in\\.)?headers?" + NAME + "|exchangeProperty"
            + NAME + "|exchangeId|routeId|fromRouteId|exception\\.message|date:now(?::[A-Za-z0-9 .:'+-]+)?|null|empty");
    private static final Pattern REGEX =
            Pattern.compile("}\\s*(?:!|not\\s+)?regex(?:\\s+(?:'([^']*)'|\"([^\"]*)\")|\\s*$|\\s+)");

    private final OptionValues values;

    ExpressionRules(OptionValues values) {
        this.values = values;
    }

    /** Checks the expression of a step, wherever it stands: under its language or under {@code expression}. */
    void checkStep(Map<String, Node> attributes, String field, Findings findings) {
        attributes.forEach((key, value) -> {
            if (key.equals(EXPRESSION)) {
                checkLanguages(value, field + "." + key, findings);
            } else if (LANGUAGES.contains(key)) {
                checkLanguage(key, value, field + "." + key, findings);
            }
        });
    }

    /** Checks a map whose one key is a language, or a plain true or false. */
    void checkLanguages(Node node, String field, Findings findings) {
        Optional<String> scalar = Yaml.scalar(node);
        if (scalar.isPresent() && Set.of("true", "false").contains(scalar.get())) {
            return;
        }
        Map<String, Node> languages = Yaml.map(node, field, findings);
        Yaml.allowOnly(LANGUAGES, languages, field, findings);
        languages.forEach((language, value) -> {
            if (LANGUAGES.contains(language)) {
                checkLanguage(language, value, field + "." + language, findings);
            }
        });
    }

    private void checkLanguage(String language, Node node, String field, Findings findings) {
        Node text = node;
        if (Yaml.scalar(node).isEmpty()) {
            Map<String, Node> attributes = Yaml.map(node, field, findings);
            Yaml.allowOnly(Set.of(EXPRESSION, "trim", "id"), attributes, field, findings);
            Node inner = attributes.get(EXPRESSION);
            if (inner == null) {
                findings.error(
                        node, field, "", "The expression is missing; write it as the value of " + language + ".");
                return;
            }
            text = inner;
        }
        String value = Yaml.scalar(text).orElse("");
        if (value.contains("resource:")) {
            findings.error(text, field, value, "Text from another file is not allowed; write the expression here.");
        }
        if (language.equals("simple")) {
            checkSimple(text, field, value, findings);
        } else if (language.equals("hl7terser") && FieldPath.parse(value).isEmpty()) {
            findings.error(
                    text,
                    field,
                    value,
                    "This is no path of a field; write segment, field and, where it is meant, component, for instance OBR-24, PID-3-4 or OBX(1)-5(0).");
        } else if (language.equals("header") && !HEADER_NAME.matcher(value).matches()) {
            findings.error(
                    text, field, value, "This is no name of a header; write letters, digits, dot, dash, underscore.");
        }
    }

    void checkSimple(Node node, String field, String text, Findings findings) {
        checkRegex(node, field, text, findings);
        Matcher matcher = FUNCTION.matcher(text);
        while (matcher.find()) {
            if (!READS_MESSAGE.matcher(matcher.group(1).strip()).matches()) {
                findings.error(
                        node,
                        field,
                        matcher.group(),
                        "This function of simple is not allowed; read ${body}, ${header.name} or ${exchangeProperty.name}, and leave the rest to a published bean.");
            }
        }
        String rest = matcher.replaceAll("");
        if (rest.contains("${") || rest.contains("$simple{") || rest.contains("$init{")) {
            findings.error(
                    node, field, text, "Functions of simple may not be nested or left open; write each as ${...}.");
        }
    }

    private void checkRegex(Node node, String field, String text, Findings findings) {
        Matcher regex = REGEX.matcher(text);
        while (regex.find()) {
            String pattern = regex.group(1) == null ? regex.group(2) : regex.group(1);
            if (pattern == null) {
                findings.error(
                        node, field, text, "A pattern stands in quotes behind regex and is not read from the message.");
            } else if (FUNCTION.matcher(pattern).find()) {
                findings.error(node, field, text, "A pattern may not be read from the message; write it out.");
            } else {
                RegularExpression.problem(values.resolved(pattern))
                        .ifPresent(problem -> findings.error(node, field, pattern, problem));
            }
        }
    }
}
