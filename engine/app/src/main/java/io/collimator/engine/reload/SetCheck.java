package io.collimator.engine.reload;

import io.collimator.engine.config.EngineSettings;
import io.collimator.hl7.outbound.MessageTemplates;
import io.collimator.hl7.outbound.OutboundValidation;
import io.collimator.hl7.outbound.TemplateException;
import io.collimator.hl7.outbound.TemplateProblem;
import io.collimator.hl7.outbound.TemplateTrial;
import io.collimator.mapping.CaseResult;
import io.collimator.mapping.MappingException;
import io.collimator.mapping.MappingFiles;
import io.collimator.mapping.MappingProblem;
import io.collimator.mapping.MappingSet;
import io.collimator.mapping.MappingSettings;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whether files may run as a mapping: the one judgement for start, check, apply and rollback. */
public final class SetCheck {

    /** The folder of outbound templates, which are part of the set. */
    private static final String TEMPLATES = "templates/";

    /** The field of findings about golden cases. */
    public static final String GOLDEN_CASE = "golden case";

    private final MappingSettings settings;

    private SetCheck(MappingSettings settings) {
        this.settings = settings;
    }

    /** @param settings empty when they are broken themselves, so that the mapping can be judged all the same */
    public static SetCheck of(Optional<EngineSettings> settings) {
        return new SetCheck(settings.map(valid -> new MappingSettings(
                        valid.zone(),
                        valid.hl7().patientIdAuthority(),
                        valid.hl7().defaultAuthority()))
                .orElseGet(() -> MappingSettings.of(ZoneOffset.UTC)));
    }

    /**
     * Reads the mapping folder of a home and checks the whole set but its golden cases and samples of statuses: they judge a
     * change, and no engine stays down for one.
     *
     * @throws BrokenMappingException with every finding
     */
    public MappingSet read(Path folder) {
        return withTemplates(load(folder));
    }

    /**
     * Checks texts by name, which may come from anywhere, golden cases and samples of statuses too.
     *
     * @throws BrokenMappingException with every finding
     */
    MappingSet check(Map<String, String> texts) {
        return withCases(withSamples(withTemplates(load(texts))));
    }

    /**
     * Reads texts that are compared with what runs; golden cases may fail.
     *
     * @throws BrokenMappingException with every finding
     */
    MappingSet candidate(Map<String, String> texts) {
        return withSamples(withTemplates(load(texts)));
    }

    /**
     * Like {@link #candidate(Map)}, of a mapping folder.
     *
     * @throws BrokenMappingException with every finding
     */
    public MappingSet candidate(Path folder) {
        return withSamples(withTemplates(load(folder)));
    }

    /**
     * Reads the mapping folder of a home; golden cases may fail.
     *
     * @throws BrokenMappingException with every finding
     */
    public MappingSet load(Path folder) {
        return orBroken(() -> MappingSet.load(folder, settings));
    }

    /**
     * Reads texts by name, which may come from anywhere; golden cases may fail.
     *
     * @throws BrokenMappingException with every finding
     */
    MappingSet load(Map<String, String> texts) {
        List<MappingProblem> unsafe = texts.keySet().stream()
                .filter(name -> !MappingFolder.isSafe(name))
                .map(
                        name -> new MappingProblem(
                                "mapping",
                                0,
                                "file name",
                                name,
                                "is no file of a mapping; use letters, digits, \".\", \"-\" and \"_\", for instance tables/stations.csv."))
                .toList();
        if (!unsafe.isEmpty()) {
            throw new BrokenMappingException(unsafe);
        }
        return orBroken(() -> MappingSet.of(MappingFiles.of(texts), settings));
    }

    private static MappingSet orBroken(Supplier<MappingSet> reading) {
        try {
            return reading.get();
        } catch (MappingException e) {
            throw new BrokenMappingException(e.problems());
        }
    }

    /**
     * The templates of outbound messages in a set.
     *
     * @throws TemplateException when one is broken, which a set that was checked has not
     */
    public static MessageTemplates templatesOf(MappingSet set) {
        Map<String, String> templates = new TreeMap<>();
        set.files().texts().forEach((name, text) -> {
            if (name.startsWith(TEMPLATES)) {
                templates.put(name.substring(TEMPLATES.length()), text);
            }
        });
        return MessageTemplates.of(templates);
    }

    private static List<MappingProblem> templateProblems(MappingSet set) {
        try {
            templatesOf(set);
            return List.of();
        } catch (TemplateException e) {
            return e.problems().stream().map(SetCheck::problem).toList();
        }
    }

    private static MappingSet withTemplates(MappingSet set) {
        List<MappingProblem> templates = templateProblems(set);
        if (!templates.isEmpty()) {
            throw new BrokenMappingException(templates);
        }
        return set;
    }

    private static MappingSet withSamples(MappingSet set) {
        List<MappingProblem> unsendable = unsendable(set);
        if (!unsendable.isEmpty()) {
            throw new BrokenMappingException(unsendable);
        }
        return set;
    }

    /** What does not hold of a set that is in order by itself: golden cases, and templates with samples of statuses. */
    public static List<MappingProblem> failedTrials(MappingSet set) {
        return Stream.concat(failedCases(set).stream(), unsendable(set).stream())
                .toList();
    }

    /** Templates whose messages would go to the dead letters, of a set whose templates can be read. */
    private static List<MappingProblem> unsendable(MappingSet set) {
        MessageTemplates templates = templatesOf(set);
        return templates.names().isEmpty()
                ? List.of()
                : new TemplateTrial(new OutboundValidation())
                        .problems(templates).stream().map(SetCheck::problem).toList();
    }

    private static MappingProblem problem(TemplateProblem problem) {
        return new MappingProblem(problem.file(), problem.line(), problem.field(), problem.found(), problem.fix());
    }

    private static MappingSet withCases(MappingSet set) {
        List<MappingProblem> failed = failedCases(set);
        if (!failed.isEmpty()) {
            throw new BrokenMappingException(failed);
        }
        return set;
    }

    /** What the golden cases of a set expect and it does not make. */
    static List<MappingProblem> failedCases(MappingSet set) {
        return set.runCases().stream()
                .flatMap(result -> result.differences().stream().map(difference -> failure(result, difference)))
                .toList();
    }

    private static MappingProblem failure(CaseResult result, String difference) {
        return new MappingProblem(
                "mapping/cases/" + result.name() + "/expected.json",
                0,
                GOLDEN_CASE,
                "",
                "%s. Mend the mapping, or take it over (map --update-case %s).".formatted(difference, result.name()));
    }
}
