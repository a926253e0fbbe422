package io.collimator.camel.allow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route may name the queues that there are: any other one would fail every message. */
class QueueNamesTest {

    private static final RouteRules RULES = RouteRules.of(List.of(), Set.of("site.queue"), Set.of())
            .withQueues(new QueueNames(
                    Set.of("collimator.status", "collimator.events", "site.copies"),
                    Map.of("site.queue", "site.copies"),
                    name -> name.equals("collimator.statuss") ? Optional.of("collimator.status") : Optional.empty()));

    private static List<RouteFinding> check(String from, String step) {
        return new RouteChecker(RULES)
                .check(List.of(new RouteFile("routes/70-copy.camel.yaml", """
                        - route:
                            id: copy
                            description: Copies.
                            from:
                              %s
                              steps:
                                %s
                        """.formatted(from, step))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jms:collimator.status",
                "jms:queue:collimator.status",
                "jms:queue://collimator.status",
                "jms://queue:site.copies",
                "jms:queue:{{site.queue}}",
                "jms:site.{{site.queue}}"
            })
    void a_queue_that_is_there_may_be_read_and_written_in_each_form(String uri) {
        boolean isThere = !uri.contains("site.{{");

        List<RouteFinding> found = check("uri: \"" + uri + "\"", "- to: \"" + uri + "\"");

        assertThat(found).hasSize(isThere ? 0 : 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- to: jms:queue:collimator.statuss",
                "- to: {uri: 'jms:collimator.statuss', pattern: InOnly}",
                "- to: {uri: jms, parameters: {destinationType: queue, destinationName: collimator.statuss}}",
                "- filter: {simple: '${header.a} == 1', steps: [{to: 'jms:queue:collimator.statuss'}]}",
                "- choice: {when: [{simple: '${header.a} == 1', steps: [{to: 'jms:queue:collimator.statuss'}]}]}",
                "- doTry: {steps: [{to: 'jms:queue:collimator.statuss'}], doCatch: [{exception: [java.lang.Exception], steps: []}]}"
            })
    void one_that_is_not_is_an_error_wherever_it_stands_with_what_was_meant(String step) {
        assertThat(check("uri: direct:copy", step)).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.line()).isEqualTo(7);
            assertThat(finding.toString())
                    .contains(
                            "\"collimator.statuss\"",
                            "Did you mean collimator.status?",
                            "collimator.events, collimator.status, site.copies",
                            "collimator.jms.queues");
        });
    }

    @Test
    void one_that_is_not_is_not_read_either() {
        assertThat(check("uri: jms:queue:nowhere", "- stop: {}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.field()).isEqualTo("route.from.uri"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jms:topic:collimator.status", "jms:temp-queue:x", "jms:temp-topic:x", "jms:"})
    void only_queues_are_served(String uri) {
        assertThat(check("uri: direct:copy", "- to: '" + uri + "'")).hasSize(1);
    }

    @Test
    void an_error_block_is_no_exception() {
        List<RouteFinding> found = new RouteChecker(RULES).check(List.of(new RouteFile("routes/70.camel.yaml", """
                        - onException:
                            exception: [java.lang.Exception]
                            steps:
                              - to: jms:queue:dead
                        """)));

        assertThat(found)
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(4));
    }
}
