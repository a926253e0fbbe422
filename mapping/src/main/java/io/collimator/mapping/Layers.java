package io.collimator.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts base definitions, fragments and overlays together; collects what does not fit. */
final class Layers {

    private final List<DefinitionFile> files;
    private final boolean areAll;
    private final List<MappingProblem> problems;
    private final Map<String, DefinitionFile> named = new HashMap<>();

    /** @param areAll whether every file could be read; else nobody can say which names there are not */
    Layers(List<DefinitionFile> files, boolean areAll, List<MappingProblem> problems) {
        this.areAll = areAll;
        this.files = files.stream()
                .sorted(Comparator.comparing(DefinitionFile::layer).thenComparing(DefinitionFile::file))
                .toList();
        this.problems = problems;
        for (DefinitionFile file : this.files) {
            if (file.form() != DefinitionFile.Form.OVERLAY && !file.name().isEmpty()) {
                DefinitionFile other = named.putIfAbsent(file.name(), file);
                if (other != null) {
                    problem(
                            file,
                            0,
                            "definition",
                            file.name(),
                            other.file() + " has this name already; choose another.");
                }
            }
        }
        checkKinds();
        if (areAll) {
            checkNames();
        }
    }

    private void checkKinds() {
        Map<String, DefinitionFile> kinds = new HashMap<>();
        for (DefinitionFile file : files) {
            for (String kind : file.kinds()) {
                DefinitionFile other = kinds.putIfAbsent(kind, file);
                if (other != null) {
                    problem(file, 0, "messages", kind, other.file() + " is for it already; delete one.");
                }
            }
        }
    }

    private void checkNames() {
        for (DefinitionFile file : files) {
            for (YamlMap.Scalar included : file.includes()) {
                boolean isFragment = Optional.ofNullable(named.get(included.text()))
                        .filter(other -> other.form() == DefinitionFile.Form.FRAGMENT)
                        .isPresent();
                if (!isFragment) {
                    problem(file, included.line(), "include", included.text(), "There is no such fragment.");
                }
            }
            for (YamlMap.Scalar changed : file.changes()) {
                if (!named.containsKey(changed.text())) {
                    problem(
                            file,
                            changed.line(),
                            "changes",
                            changed.text(),
                            "There is no such definition; known: %s.%s"
                                    .formatted(
                                            String.join(", ", new TreeSet<>(named.keySet())),
                                            EditDistance.hint(named.keySet(), changed.text())));
                }
            }
        }
    }

    /** Names of the overlays that profiles may choose. */
    Set<String> overlays() {
        Set<String> names = new TreeSet<>();
        files.stream()
                .map(DefinitionFile::overlay)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** The file with this overlay. */
    String fileOf(String overlay) {
        return files.stream()
                .filter(file -> file.overlay().equals(overlay))
                .map(DefinitionFile::file)
                .findFirst()
                .orElse("mapping/definitions");
    }

    /**
     * The definitions as a sender with this overlay sees them.
     *
     * @param overlay "" for none
     * @return by type and event
     */
    Map<String, Definition> effective(String overlay) {
        Map<String, Definition> definitions = new HashMap<>();
        for (DefinitionFile file : files) {
            if (file.form() == DefinitionFile.Form.DEFINITION) {
                Definition definition = new Definition(file.name(), file.kinds(), rules(file, overlay));
                check(definition);
                file.kinds().forEach(kind -> definitions.put(kind, definition));
            }
        }
        return definitions;
    }

    private List<Rule> rules(DefinitionFile base, String overlay) {
        Set<String> parts = new HashSet<>(Set.of(base.name()));
        List<Rule> rules = new ArrayList<>();
        for (YamlMap.Scalar included : base.includes()) {
            DefinitionFile fragment = named.get(included.text());
            if (fragment != null && parts.add(included.text())) {
                fragment.entries().forEach(entry -> entry.rule().ifPresent(rules::add));
            }
        }
        base.entries().forEach(entry -> entry.rule().ifPresent(rules::add));
        rejectSameIds(rules);
        for (DefinitionFile file : files) {
            boolean isMeant = file.form() == DefinitionFile.Form.OVERLAY
                    && (file.layer() == Layer.SITE || file.overlay().equals(overlay))
                    && file.changes().stream().anyMatch(changed -> parts.contains(changed.text()));
            if (isMeant) {
                file.entries().forEach(entry -> apply(file, entry, new Base(base.name(), rules)));
            }
        }
        return rules;
    }

    private void rejectSameIds(List<Rule> rules) {
        Map<String, Rule> seen = new HashMap<>();
        for (Rule rule : rules) {
            Rule other = seen.putIfAbsent(rule.id(), rule);
            if (other != null) {
                problems.add(new MappingProblem(
                        rule.origin().file(),
                        rule.origin().line(),
                        "id",
                        rule.id(),
                        "%s has a rule of this id, and both are used together; choose another."
                                .formatted(other.origin().file())));
            }
        }
    }

    /** The rules of a definition, and of the fragments that it includes, while they are being changed. */
    private record Base(String name, List<Rule> rules) {

        String without(String id) {
            return "There is no rule of this id in the definition %s and what it includes.%s"
                    .formatted(
                            name, EditDistance.hint(rules.stream().map(Rule::id).toList(), id));
        }
    }

    private void apply(DefinitionFile file, DefinitionFile.Entry entry, Base base) {
        List<Rule> rules = base.rules();
        int at = indexOf(entry.id(), rules);
        if (entry.rule().isEmpty()) {
            if (at < 0 && areAll) {
                problem(file, entry.line(), "remove", entry.id(), base.without(entry.id()));
            } else if (at >= 0) {
                rules.remove(at);
            }
            return;
        }
        Rule rule = entry.rule().get();
        boolean isPlaced = !entry.place().equals(DefinitionFile.Place.UNSAID);
        if (at >= 0 && !isPlaced) {
            rules.set(at, rule);
            return;
        }
        if (at >= 0) {
            rules.remove(at);
        }
        rules.add(placeOf(file, entry, base), rule);
    }

    private int placeOf(DefinitionFile file, DefinitionFile.Entry entry, Base base) {
        List<Rule> rules = base.rules();
        DefinitionFile.Place place = entry.place();
        String neighbour = place.before().isEmpty() ? place.after() : place.before();
        if (neighbour.isEmpty()) {
            return rules.size();
        }
        int at = indexOf(neighbour, rules);
        if (at < 0) {
            if (areAll) {
                problem(file, entry.line(), "before or after", neighbour, base.without(neighbour));
            }
            return rules.size();
        }
        return place.before().isEmpty() ? at + 1 : at;
    }

    private static int indexOf(String id, List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** What can only be judged when the order of all rules is known. */
    private void check(Definition definition) {
        List<Rule> earlier = new ArrayList<>();
        for (Rule rule : definition.rules()) {
            rule.sources().forEach(source -> checkAttribute(rule, source, earlier));
            rule.conditions().forEach(condition -> checkAttribute(rule, condition.subject(), earlier));
            rejectSameTarget(rule, earlier);
            earlier.add(rule);
        }
    }

    private void checkAttribute(Rule rule, Source source, List<Rule> earlier) {
        if (source instanceof Source.Attribute attribute
                && earlier.stream()
                        .noneMatch(other ->
                                other.target().name().equals(attribute.target().name()))) {
            problemOf(
                    rule,
                    "from",
                    attribute.text(),
                    "No earlier rule makes this attribute; write its rule before this one.");
        }
    }

    /** Two rules without condition or table would hide a slip; in other cases the first that says something counts. */
    private void rejectSameTarget(Rule rule, List<Rule> earlier) {
        earlier.stream()
                .filter(other -> other.target().name().equals(rule.target().name()))
                .filter(other -> other.onlyIfEmpty() == rule.onlyIfEmpty())
                .filter(other -> isUnconditional(other) && isUnconditional(rule))
                .filter(other -> other.conversion().equals(rule.conversion()))
                .findFirst()
                .ifPresent(other -> problemOf(
                        rule,
                        "target",
                        rule.target().name(),
                        "The rule \"%s\" (%s:%d) makes it already; put the fields into one rule's from, in order."
                                .formatted(
                                        other.id(),
                                        other.origin().file(),
                                        other.origin().line())));
    }

    private static boolean isUnconditional(Rule rule) {
        return rule.conditions().isEmpty() && rule.lookup().isEmpty();
    }

    /** The same finding may come up for every overlay. */
    private void problemOf(Rule rule, String field, String found, String fix) {
        addOnce(new MappingProblem(rule.origin().file(), rule.origin().line(), field, found, fix));
    }

    private void problem(DefinitionFile file, int line, String field, String found, String fix) {
        addOnce(new MappingProblem(file.file(), line, field, found, fix));
    }

    private void addOnce(MappingProblem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
