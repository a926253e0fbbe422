package io.collimator.camel.allow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A route that delivers notices asks before it sends and says when the receiver has accepted. */
class DeliveryRouteTest {

    private static final RouteRules RULES = RouteRules.of(
            List.of(PublishedBean.of("outbound", "write").with("accepted").with("giveUp")), Set.of(), Set.of("jms"));

    private static final String WRITE = "        - bean: {ref: outbound, method: write}\n";
    private static final String SEND =
            "        - to: {uri: 'netty:tcp', parameters: {host: 127.0.0.1, port: 2576, decoders: '#mllpDecoder', encoders: '#mllpEncoder'}}\n";
    private static final String ACCEPTED = "        - bean: {ref: outbound, method: accepted}\n";

    @Test
    void both_steps_are_wanted_where_a_notice_is_sent() {
        assertThat(findings("collimator.status", WRITE + SEND + ACCEPTED)).isEmpty();
        assertThat(findings("collimator.results", WRITE + SEND)).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isFalse();
            assertThat(finding.fix()).contains("outbound.accepted", "sample");
        });
        assertThat(findings("collimator.status", SEND)).hasSize(2);
    }

    @Test
    void a_route_that_sends_nothing_or_takes_what_is_not_ours_needs_none() {
        assertThat(findings("collimator.status", "        - to: {uri: 'jms:queue:site.status', pattern: InOnly}\n"))
                .isEmpty();
        assertThat(findings("site.status", SEND)).isEmpty();
    }

    private static List<RouteFinding> findings(String queue, String steps) {
        String route = """
                - route:
                    id: sample
                    description: A sample.
                    from:
                      uri: jms:queue:%s
                      steps:
                """.formatted(queue) + steps.indent(2);
        return new RouteChecker(RULES).check(List.of(new RouteFile("routes/50-test.camel.yaml", route)));
    }
}
