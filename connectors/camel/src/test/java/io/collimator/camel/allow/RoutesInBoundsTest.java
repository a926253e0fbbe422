package io.collimator.camel.allow;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.camel.allow.RouteFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route could do by what it writes into allowed places: cross an option, tell the log, run for ever. */
class RoutesInBoundsTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "site.host", "ris.hospital",
            "site.broken", "1?sync=false",
            "site.and", "a&bridgeErrorHandler=true",
            "site.percent", "a%26b",
            "site.many", "many",
            "site.address", "0.0.0.0",
            "site.pattern", "(a+)+",
            "collimator.mllp.bind-address", "10.1.2.3");

    private static final RouteRules RULES = RouteRules.of(
                    List.of(PublishedBean.of("orders", "accept", Intake.ORDERS)), SETTINGS.keySet(), Set.of())
            .withQueues(new QueueNames(Set.of("collimator.status", "site.copies"), SETTINGS, name -> Optional.empty()));

    private static List<RouteFinding> check(String... texts) {
        List<RouteFile> files = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            files.add(new RouteFile("routes/%d0-test.camel.yaml".formatted(i + 1), texts[i]));
        }
        return new RouteChecker(RULES).check(files);
    }

    /** A route around steps, which begin in line 7. */
    private static String route(String id, String from, String... steps) {
        return """
                - route:
                    id: %s
                    description: A sample.
                    from:
                      uri: %s
                      steps:
                """.formatted(id, from) + String.join("\n", steps).indent(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{uri: 'jms:queue:site.copies', parameters: {timeToLive: '5&transacted=false'}}    | timeToLive",
                "{uri: 'jms:queue:site.copies', parameters: {timeToLive: '5?x=1'}}                 | timeToLive",
                "{uri: 'jms:queue:site.copies', parameters: {timeToLive: '5%26x=1'}}               | timeToLive",
                "{uri: 'jms:queue:site.copies', parameters: {timeToLive: '{{site.broken}}'}}       | timeToLive",
                "{uri: 'jms:queue:site.copies', parameters: {jmsMessageType: '{{site.and}}'}}      | jmsMessageType",
                "{uri: 'jms:queue:site.copies', parameters: {priority: '{{site.percent}}'}}        | priority",
                "{uri: 'jms:queue:site.copies', parameters: {timeToLive: '{{site.many}}'}}         | timeToLive",
                "{uri: 'jms:queue:site.copies', parameters: {deliveryPersistent: 'maybe'}}         | deliveryPersistent",
                "{uri: 'jms:queue:site.copies', parameters: {jmsMessageType: 'Text&x=RAW(a)'}}     | jmsMessageType",
                "{uri: 'jms:queue:site.copies', parameters: {jmsMessageType: 'aRAW{b}'}}           | jmsMessageType",
                "{uri: 'log:a&showBody=true', parameters: {showBody: false}}                       | uri",
                "{uri: 'log:a%26b', parameters: {showBody: false}}                                 | uri",
                "{uri: 'log:{{site.and}}', parameters: {showBody: false}}                          | uri",
                "{uri: 'log:a', parameters: {showBody: false, marker: 'x&showBody=true'}}          | marker",
                "{uri: 'netty:tcp', parameters: {host: 'a?b', port: 1, decoders: '#mllpDecoder', encoders: '#mllpEncoder'}}   | host",
                "{uri: 'netty:tcp', parameters: {host: 'a:1/x', port: 1, decoders: '#mllpDecoder', encoders: '#mllpEncoder'}} | host",
                "{uri: 'netty:tcp', parameters: {host: a, port: 99999, decoders: '#mllpDecoder', encoders: '#mllpEncoder'}}   | port",
                "{uri: 'netty:tcp', parameters: {host: a, port: 1, requestTimeout: soon, decoders: '#mllpDecoder', encoders: '#mllpEncoder'}} | requestTimeout",
                "{uri: 'dicom:echo', parameters: {calledAeTitle: 'A&streaming=true'}}              | calledAeTitle",
            })
    void a_value_never_crosses_its_option_and_is_of_its_kind(String endpoint, String field) {
        assertThat(check(route("sample", "direct:sample", "- to: " + endpoint)))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.isError()).isTrue();
                    assertThat(finding.line()).isEqualTo(7);
                    assertThat(finding.field()).endsWith(field);
                });
    }

    @Test
    void a_consumer_is_no_exception() {
        String text = route("sample", "jms:queue:site.copies", "- stop: {}")
                .replace("      steps:", "      parameters: {selector: \"a LIKE 'x%'\"}\n      steps:");

        assertThat(check(text))
                .singleElement()
                .satisfies(finding -> assertThat(finding.field()).isEqualTo("route.from.parameters.selector"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host: 0.0.0.0                            | parameters.host | 0.0.0.0",
                "host: '{{site.address}}'                 | parameters.host | 0.0.0.0",
                "host: ris.hospital                       | parameters.host | ris.hospital",
                "host: '{{collimator.mllp.bind-address}}' |                 |",
                "host: 127.0.0.1                          |                 |",
                "host: '::1'                              |                 |",
                "host: localhost                          |                 |"
            })
    void a_listener_off_loopback_is_a_warning_as_with_a_setting(String host, String field, String value) {
        String text = """
                - route:
                    id: orders-in
                    description: Orders.
                    from:
                      uri: netty:tcp
                      parameters:
                        %s
                        port: 2575
                        decoders: "#mllpDecoder"
                        encoders: "#mllpEncoder"
                      steps:
                        - bean: {ref: orders, method: accept}
                """.formatted(host);

        List<RouteFinding> findings = check(text);

        if (field == null) {
            assertThat(findings).isEmpty();
            return;
        }
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.line()).isEqualTo(7);
            assertThat(finding.field()).endsWith(field);
            assertThat(finding.value()).isEqualTo(value);
            assertThat(finding.fix()).contains("off loopback without TLS");
        });
    }

    @Test
    void an_address_in_the_uri_is_no_exception() {
        String text = """
                - route:
                    id: orders-in
                    description: Orders.
                    from:
                      uri: netty:tcp://0.0.0.0:2575
                      parameters: {decoders: "#mllpDecoder", encoders: "#mllpEncoder"}
                      steps:
                        - bean: {ref: orders, method: accept}
                """;

        assertThat(check(text)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.value()).isEqualTo("0.0.0.0");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- setHeader: {name: text, simple: '${body}'}\n- log: 'Got ${header.text}'",
                "- setHeader: {name: text, simple: 'x ${ body } y'}\n- log: 'Got ${headers.TEXT}'",
                "- setHeader: {name: text, simple: {expression: '$simple{body}'}}\n- log: \"Got ${in.header['text']}\"",
                "- setHeader: {name: text, expression: {simple: {expression: '${body}'}}}\n- log: {message: '${header[text]}', loggingLevel: WARN}",
                "- setProperty: {name: text, simple: '${body}'}\n- log: 'Got ${exchangeProperty.text}'",
                "- setProperty: {name: text, hl7terser: PID-5}\n- log: 'Got ${exchangeProperty[text]}'",
                "- setProperty: {name: text, expression: {hl7terser: PID-5}}\n- setHeader: {name: other, simple: '${exchangeProperty.text}'}\n- log: '${header.other}'",
                "- setHeader: {name: first, simple: '${body}'}\n- setHeader: {name: second, header: first}\n- log: '${header.second}'",
                "- filter: {header: x, steps: [{setHeader: {name: first, simple: '${body}'}}]}\n- log: '${header.first}'",
                "- doTry: {steps: [{setHeader: {name: first, simple: '${body}'}}], doCatch: [{exception: [java.lang.Exception], steps: [{log: '${header.first}'}]}]}",
            })
    void what_was_set_from_the_body_stays_out_of_the_log(String steps) {
        assertThat(check(route("sample", "direct:sample", steps.split("\n"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isError()).isTrue();
                    assertThat(finding.field()).endsWith("log.message");
                    assertThat(finding.fix()).contains("patient data", "routes/10-test.camel.yaml:", "DEBUG");
                });
    }

    @Test
    void also_in_another_route() {
        String sets = route("one", "direct:one", "- setHeader: {name: text, simple: '${body}'}", "- to: direct:two");
        String logs = route("two", "direct:two", "- log: '${header.text}'");

        assertThat(check(sets, logs)).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo("routes/20-test.camel.yaml");
            assertThat(finding.fix()).contains("routes/10-test.camel.yaml:7");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- setHeader: {name: text, simple: '${body}'}\n- log: {message: '${header.text}', loggingLevel: DEBUG}",
                "- setHeader: {name: text, simple: '${body}'}\n- log: 'Got ${exchangeProperty.text}'",
                "- setHeader: {name: text, constant: body}\n- log: '${header.text}'",
                "- setHeader: {name: event, hl7terser: MSH-9-2}\n- log: '${header.event}'",
            })
    void what_was_not_may_be_logged(String steps) {
        assertThat(check(route("sample", "direct:sample", steps.split("\n")))).isEmpty();
    }

    @Test
    void a_route_that_calls_itself_is_an_error() {
        assertThat(check(route("sample", "direct:sample", "- to: direct:sample")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isError()).isTrue();
                    assertThat(finding.line()).isEqualTo(7);
                    assertThat(finding.fix()).contains("direct:sample, direct:sample");
                });
    }

    @Test
    void so_is_a_ring_of_routes_also_through_a_condition_and_over_files() {
        List<RouteFinding> findings = check(
                route("one", "direct:one", "- filter: {header: x, steps: [{to: 'direct:two'}]}"),
                route("two", "direct:two", "- to: direct:three"),
                route("three", "direct:three", "- choice: {when: [{header: y, steps: [{to: 'direct:one'}]}]}"),
                route("outside", "direct:outside", "- to: direct:one"));

        assertThat(findings)
                .filteredOn(RouteFinding::isError)
                .extracting(RouteFinding::value)
                .containsExactly("direct:two", "direct:three", "direct:one");
        assertThat(findings.get(0).fix()).contains("direct:one, direct:two, direct:three, direct:one");
    }

    @Test
    void routes_that_call_the_same_one_are_no_ring() {
        assertThat(check(
                        route("one", "direct:one", "- to: direct:three", "- to: direct:two"),
                        route("two", "direct:two", "- to: direct:three"),
                        route("three", "direct:three", "- stop: {}")))
                .isEmpty();
    }

    @Test
    void an_error_block_that_calls_nothing_is_an_error() {
        assertThat(check("""
                - onException:
                    exception: [java.lang.Exception]
                    steps:
                      - to: direct:nowhere
                """))
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(4));
    }

    @ParameterizedTest
    @CsvSource({
        "maximumRedeliveries, many",
        "redeliveryDelay, 2s",
        "useExponentialBackOff, maybe",
        "retryAttemptedLogLevel, LOUD"
    })
    void a_redelivery_policy_has_values_of_its_kinds(String name, String value) {
        assertThat(check("""
                - onException:
                    exception: [java.lang.Exception]
                    redeliveryPolicy: {%s: %s}
                """.formatted(name, value)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.field()).isEqualTo("onException.redeliveryPolicy." + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(a*)*b",
                "([a-z]+)*$",
                "(.*,)*x",
                "((ab)+c?)+",
                "(?:x+|y)+z",
                "(a|a)*",
                "(a|ab)*c",
                "(\\d|[0-9])+x",
                "(\\w+\\s?)*$",
                "(a{2,})+",
                "(x+x+)+y",
                "(?<name>[A-Z]+)+",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(a+){10,}",
                "(.|\\.)*a",
                "a(",
                "(a+)+$",
                "(a|.)+b",
                "{{site.pattern}}"
            })
    void a_pattern_that_may_take_for_ever_is_an_error(String pattern) {
        String step = "- filter: {simple: \"${header.x} regex '%s'\", steps: [{stop: {}}]}"
                .formatted(pattern.replace("\\", "\\\\"));

        assertThat(check(route("sample", "direct:sample", step)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isError()).isTrue();
                    assertThat(finding.field()).endsWith("filter.simple");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CT|MR",
                "(CT|MR)+",
                "[A-Z]{2}\\d+",
                "^ORM\\^O0[12]$",
                ".*CT.*",
                "(\\d{1,3}\\.){3}\\d{1,3}",
                "(a++)+",
                "(?>a+)+",
                "(?i)ct.*",
                "([A-Z][0-9])*",
                "\\Q(a+)+\\E",
                "[(a+)+]",
                "\\(a+\\)+"
            })
    void an_ordinary_pattern_is_none(String pattern) {
        String step = "- filter: {simple: \"${header.x} regex '%s'\", steps: [{stop: {}}]}"
                .formatted(pattern.replace("\\", "\\\\"));

        assertThat(check(route("sample", "direct:sample", step))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- filter: {simple: \"${header.x} regex ${header.p}\", steps: [{stop: {}}]}",
                "- filter: {simple: \"${header.x} regex '${header.p}'\", steps: [{stop: {}}]}",
                "- filter: {simple: \"${header.x} !regex '(a+)+'\", steps: [{stop: {}}]}",
                "- choice: {when: [{simple: \"${header.a} == 1 && ${header.x} regex '(a+)+'\", steps: [{stop: {}}]}]}",
                "- removeHeaders: {pattern: '(a+)+'}",
                "- removeHeaders: {pattern: 'x*', excludePattern: '(a|a)+b'}",
            })
    void wherever_it_stands(String step) {
        assertThat(check(route("sample", "direct:sample", step)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.isError()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"OBR-24", "PID-3-4", "/.PID-5-1-1", "OBX(1)-5(2)", "PID-3.4", "ZDS-1"})
    void a_field_may_be_asked(String path) {
        assertThat(check(route("sample", "direct:sample", "- setProperty: {name: x, hl7terser: '%s'}".formatted(path))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"OBR", "OBR-0", "obr-24", "OBR-24-", "PID-3(x)", "${body}", "/PATIENT/PID-5", "resource:file:x"})
    void what_is_no_path_of_a_field_is_an_error(String path) {
        assertThat(check(route("sample", "direct:sample", "- setProperty: {name: x, hl7terser: '%s'}".formatted(path))))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.isError()).isTrue());
    }
}
