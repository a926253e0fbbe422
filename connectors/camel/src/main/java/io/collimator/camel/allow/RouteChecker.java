package io.collimator.camel.allow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks a set of route files against what routes may do, all findings at once. Looks at the text only: nothing is
 * loaded, resolved or run. An allow list: what it does not know is a finding.
 */
public final class RouteChecker {

    private final RouteRules rules;

    public RouteChecker(RouteRules rules) {
        this.rules = rules;
    }

    /** The findings by file, in the order of the files, then by line. */
    public List<RouteFinding> check(Collection<RouteFile> files) {
        LoggedValues logged = new LoggedValues();
        FileRules fileRules = new FileRules(rules, logged);
        Map<RouteFile, Findings> findings = new LinkedHashMap<>();
        List<CheckedRoute> routes = new ArrayList<>();
        for (RouteFile file : files) {
            Findings found = new Findings(file.name());
            findings.put(file, found);
            routes.addAll(fileRules.check(file, found));
        }
        new FlowRules(rules, routes).check();
        logged.check();
        return findings.values().stream()
                .flatMap(found -> found.all().stream().sorted(Comparator.comparingInt(RouteFinding::line)))
                .toList();
    }
}
