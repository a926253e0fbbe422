package io.collimator.camel.allow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rules for all routes together: ids and endpoints are taken once, calls lead somewhere, an intake has its step. */
final class FlowRules {

    private final RouteRules rules;
    private final List<CheckedRoute> routes;
    private final Map<String, CheckedRoute> called = new TreeMap<>();

    FlowRules(RouteRules rules, List<CheckedRoute> routes) {
        this.rules = rules;
        this.routes = List.copyOf(routes);
        routes.forEach(route -> route.directName().ifPresent(name -> called.putIfAbsent(name, route)));
    }

    void check() {
        checkTaken();
        checkRings();
        for (CheckedRoute route : routes) {
            checkCalls(route, route.steps());
            route.intake().ifPresent(intake -> checkIntake(route, intake));
            if (route.deliversNotices() && sends(route.steps(), new HashSet<>())) {
                checkDelivery(route);
            }
        }
    }

    private void checkTaken() {
        Set<String> ids = new HashSet<>();
        Map<String, String> endpoints = new HashMap<>();
        for (CheckedRoute route : routes) {
            if (!route.id().isEmpty() && !ids.add(route.id())) {
                route.findings()
                        .error(
                                route.line(),
                                "route.id",
                                route.id(),
                                "Another route has the same id; Camel would replace it in silence. Choose another id.");
            }
            route.from()
                    .filter(from ->
                            from.scheme().equals("direct") || from.scheme().equals("dicom"))
                    .map(from -> from.scheme() + ":" + from.path())
                    .ifPresent(uri -> {
                        String other = endpoints.putIfAbsent(uri, route.id());
                        if (other != null) {
                            route.findings()
                                    .error(
                                            route.line(),
                                            "route.from.uri",
                                            uri,
                                            "Route %s consumes the same; keep one of the two.".formatted(other));
                        }
                    });
        }
    }

    private void checkCalls(CheckedRoute route, List<Flow> steps) {
        for (Flow step : steps) {
            if (step instanceof Flow.Direct direct) {
                checkCall(route, direct.name(), direct.line(), "to.uri");
            } else if (step instanceof Flow.Receiver receiver) {
                checkCall(route, receiver.name(), receiver.line(), "to.parameters.receiver");
            } else if (step instanceof Flow.Sometimes sometimes) {
                checkCalls(route, sometimes.steps());
            }
        }
    }

    private void checkCall(CheckedRoute route, String name, int line, String field) {
        if (!called.containsKey(name)) {
            route.findings()
                    .error(line, field, "direct:" + name, "No route consumes it; write one or correct the name.");
        }
    }

    /** A route that comes back to itself would go round until its thread has no more stack. */
    private void checkRings() {
        for (CheckedRoute route : routes) {
            route.directName()
                    .ifPresent(name -> calls(route.steps())
                            .forEach(call -> wayBack(call.name(), name)
                                    .ifPresent(way -> route.findings()
                                            .error(
                                                    call.line(),
                                                    "to.uri",
                                                    "direct:" + call.name(),
                                                    "The route calls itself without end (direct:%s, %s); remove one of these calls."
                                                            .formatted(name, way)))));
        }
    }

    /** The way from one {@code direct:} route to another, if there is one. */
    private Optional<String> wayBack(String from, String to) {
        Deque<String> way = new ArrayDeque<>();
        return leadsTo(from, to, way, new HashSet<>())
                ? Optional.of(way.stream().map(name -> "direct:" + name).collect(Collectors.joining(", ")))
                : Optional.empty();
    }

    private boolean leadsTo(String from, String to, Deque<String> way, Set<String> seen) {
        way.addLast(from);
        CheckedRoute route = called.get(from);
        if (from.equals(to)) {
            return true;
        }
        if (route != null && seen.add(from)) {
            for (Flow.Direct next : calls(route.steps())) {
                if (leadsTo(next.name(), to, way, seen)) {
                    return true;
                }
            }
        }
        way.removeLast();
        return false;
    }

    private static List<Flow.Direct> calls(List<Flow> steps) {
        List<Flow.Direct> calls = new ArrayList<>();
        for (Flow step : steps) {
            if (step instanceof Flow.Direct direct) {
                calls.add(direct);
            } else if (step instanceof Flow.Sometimes sometimes) {
                calls.addAll(calls(sometimes.steps()));
            }
        }
        return calls;
    }

    private enum Reach {
        NEVER,
        SOMETIMES,
        ALWAYS
    }

    private void checkIntake(CheckedRoute route, Intake intake) {
        Set<String> wanted = rules.stepsOf(intake);
        Reach reach = reach(wanted, route.steps(), new HashSet<>());
        if (reach == Reach.NEVER) {
            route.findings()
                    .error(
                            route.line(),
                            "route.from.steps",
                            "",
                            "Route %s has lost its intake step, so %s; add a bean step, one of: %s."
                                    .formatted(route.id(), intake.consequence(), String.join(", ", wanted)));
        } else if (reach == Reach.SOMETIMES) {
            route.findings()
                    .warning(
                            route.line(),
                            "route.from.steps",
                            "",
                            "Not every message of route %s comes to its intake step (%s); the others are answered as not stored."
                                    .formatted(route.id(), String.join(", ", wanted)));
        }
    }

    private boolean sends(List<Flow> steps, Set<String> seen) {
        return steps.stream()
                .anyMatch(step -> step instanceof Flow.Sent
                        || (step instanceof Flow.Sometimes sometimes && sends(sometimes.steps(), seen))
                        || (step instanceof Flow.Direct direct
                                && called.containsKey(direct.name())
                                && seen.add(direct.name())
                                && sends(called.get(direct.name()).steps(), seen)));
    }

    /** Both steps: the one asks what the other has noted. */
    private void checkDelivery(CheckedRoute route) {
        for (String step : rules.stepsOfDelivery()) {
            if (reach(Set.of(step), route.steps(), new HashSet<>()) == Reach.NEVER) {
                route.findings()
                        .warning(
                                route.line(),
                                "route.from.steps",
                                "",
                                "Route %s sends notices without the step %s, so that after a refill of the broker the receiver gets again what it has accepted; add the step, as the shipped routes 50, 60 and 70 have it."
                                        .formatted(route.id(), step));
            }
        }
    }

    private Reach reach(Set<String> wanted, List<Flow> steps, Set<String> seen) {
        Reach found = Reach.NEVER;
        boolean mayHaveEnded = false;
        for (Flow step : steps) {
            if (step instanceof Flow.Stop) {
                return found;
            }
            Reach here = reach(wanted, step, seen);
            if (here == Reach.ALWAYS && !mayHaveEnded) {
                return Reach.ALWAYS;
            }
            found = here == Reach.NEVER ? found : Reach.SOMETIMES;
            mayHaveEnded |= step instanceof Flow.Sometimes sometimes && mayStop(sometimes.steps());
        }
        return found;
    }

    private Reach reach(Set<String> wanted, Flow step, Set<String> seen) {
        if (step instanceof Flow.Call call) {
            return wanted.contains(call.name()) ? Reach.ALWAYS : Reach.NEVER;
        }
        if (step instanceof Flow.Sometimes sometimes) {
            return reach(wanted, sometimes.steps(), seen) == Reach.NEVER ? Reach.NEVER : Reach.SOMETIMES;
        }
        if (step instanceof Flow.Direct direct && called.containsKey(direct.name()) && seen.add(direct.name())) {
            return reach(wanted, called.get(direct.name()).steps(), seen);
        }
        return Reach.NEVER;
    }

    private static boolean mayStop(List<Flow> steps) {
        return steps.stream()
                .anyMatch(step -> step instanceof Flow.Stop
                        || (step instanceof Flow.Sometimes sometimes && mayStop(sometimes.steps())));
    }
}
