package io.collimator.camel.allow;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.camel.allow.RouteFinding.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCheckerTest {

    private static final RouteRules RULES = RouteRules.of(
                    List.of(
                            PublishedBean.of("orders", "accept", Intake.ORDERS),
                            PublishedBean.of("worklist", "find", Intake.WORKLIST),
                            PublishedBean.of("performedSteps", "accept", Intake.PERFORMED_STEPS),
                            PublishedBean.of("commitments", "request", Intake.COMMITMENT)
                                    .with("report", Intake.COMMITMENT_REPORTS)
                                    .with("next")),
                    Set.of("collimator.mllp.bind-address", "collimator.mllp.port", "collimator.archive"),
                    Set.of("jmsConnections"))
            .withTemplates(Set.of("form-1"));

    private static final String ORDERS = """
            - route:
                id: orders-in
                description: Orders of the RIS become worklist entries.
                from:
                  uri: netty:tcp
                  parameters:
                    host: "{{collimator.mllp.bind-address}}"
                    port: "{{collimator.mllp.port}}"
                    decoders: "#mllpDecoder"
                    encoders: "#mllpEncoder"
                    sync: true
                  steps:
                    - bean:
                        ref: orders
                        method: accept
            """;

    /** A route around one step, which begins in line 7. */
    private static String around(String step) {
        return """
                - route:
                    id: sample
                    description: A sample.
                    from:
                      uri: direct:sample
                      steps:
                """ + step.indent(12);
    }

    private static List<RouteFinding> check(String... texts) {
        List<RouteFile> files = new java.util.ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            files.add(new RouteFile("routes/%d0-test.camel.yaml".formatted(i + 1), texts[i]));
        }
        return new RouteChecker(RULES).check(files);
    }

    @Test
    void a_route_that_keeps_to_the_rules_has_no_findings() {
        assertThat(check(ORDERS)).isEmpty();
    }

    @Test
    void a_template_of_the_home_may_be_chosen() {
        assertThat(check(around("- setHeader: {name: CollimatorTemplate, constant: form-1}")))
                .isEmpty();
    }

    @Test
    void every_shape_that_an_analyst_may_write_has_no_findings() {
        String text = """
                - onException:
                    exception: [java.io.IOException]
                    handled:
                      constant: "true"
                    redeliveryPolicy:
                      maximumRedeliveries: 3
                    steps:
                      - log: "Message ${header.CollimatorMessageControlId} failed: ${exception.message}"
                - route:
                    id: status-to-ris
                    description: Status messages go to the RIS.
                    autoStartup: false
                    from:
                      uri: jms:collimator.status
                      parameters:
                        connectionFactory: "#jmsConnections"
                        transacted: true
                      steps:
                        - setHeader:
                            name: destination
                            simple: "${header.eventType}-${exchangeProperty.part}"
                        - setProperty:
                            name: part
                            expression:
                              constant:
                                expression: "1"
                        - choice:
                            when:
                              - simple: "${header.eventType} == 'order.scheduled' && ${header[accessionNumber]} != null"
                                steps:
                                  - to: direct:commit
                            otherwise:
                              steps:
                                - log:
                                    message: "${body}"
                                    loggingLevel: DEBUG
                        - doTry:
                            steps:
                              - to:
                                  uri: dicom:commitment
                                  parameters:
                                    calledAeTitle: "{{collimator.archive}}"
                                    reportTimeout: 10s
                            doCatch:
                              - exception: [io.collimator.dicom.service.DimseException]
                                onWhen:
                                  simple: "${header.x} == 1"
                                steps:
                                  - removeHeaders:
                                      pattern: "*"
                        - to:
                            uri: log:status
                            parameters:
                              showBody: false
                - route:
                    id: commit
                    description: Called by the other.
                    from:
                      uri: direct:commit
                      steps:
                        - filter:
                            header: x
                            steps:
                              - stop: {}
                        - bean:
                            ref: commitments
                            method: next
                """;

        assertThat(check(text)).isEmpty();
    }

    @Test
    void a_finding_names_file_line_field_value_and_fix() {
        String text = around("- bean:\n    ref: dataSource\n    method: getConnection\n");

        List<RouteFinding> findings = check(text);

        assertThat(findings)
                .containsExactly(
                        new RouteFinding(
                                Severity.ERROR,
                                "routes/10-test.camel.yaml",
                                8,
                                "route.from.steps[1].bean.ref",
                                "dataSource",
                                "There is no such bean for routes; write ref with one of: commitments, orders, performedSteps, worklist."));
        assertThat(findings.get(0))
                .hasToString(
                        "routes/10-test.camel.yaml:8: route.from.steps[1].bean.ref \"dataSource\": There is no such bean for routes; write ref with one of: commitments, orders, performedSteps, worklist.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{bean: {beanType: java.lang.Runtime, method: exit}}     | beanType",
                "{bean: {ref: '#class:java.lang.Runtime', method: gc}}   | bean.ref",
                "{bean: {ref: orders}}                                   | bean.method",
                "{bean: {ref: orders, method: 'accept(${type:a.B.C})'}}  | bean.method",
                "{bean: {ref: orders, method: notifyAll}}                | bean.method",
                "{bean: {ref: orders, method: accept, disabled: true}}   | bean.disabled",
                "{bean: {ref: '{{collimator.archive}}', method: accept}} | bean.ref",
                "{script: {groovy: x}}                                   | script",
                "{toD: 'direct:${header.x}'}                             | toD",
                "{recipientList: {header: x}}                            | recipientList",
                "{wireTap: direct:sample}                                | wireTap",
                "{marshal: {json: {}}}                                   | marshal",
                "{to: 'file:/tmp'}                                       | to.uri",
                "{to: 'exec:rm'}                                         | to.uri",
                "{to: '{{collimator.archive}}'}                          | to.uri",
                "{to: 'log:x?showBody=false'}                            | to.uri",
                "{to: 'log:x'}                                           | to.parameters.showBody",
                "{to: {uri: 'log:x', parameters: {showBody: true}}}      | to.parameters.showBody",
                "{to: {uri: 'dicom:worklist'}}                           | to.uri",
                "{to: {uri: 'dicom:echo', parameters: {host: 10.0.0.1}}} | to.parameters.host",
                "{to: {uri: 'dicom:echo'}}                               | parameters.calledAeTitle",
                "{to: {uri: 'dicom:echo', parameters: {calledAeTitle: 'A\\B'}}} | parameters.calledAeTitle",
                "{to: {uri: 'dicom:echo', parameters: {calledAeTitle: A, maxMatches: 3}}} | to.parameters.maxMatches",
                "{to: {uri: 'dicom:find', parameters: {calledAeTitle: A, maxMatches: 0}}} | parameters.maxMatches",
                "{to: {uri: 'dicom:find', parameters: {calledAeTitle: A, streaming: maybe}}} | parameters.streaming",
                "{to: {uri: 'dicom:find', parameters: {calledAeTitle: A, informationModel: x}}} | parameters.informationModel",
                "{to: {uri: 'dicom:move', parameters: {calledAeTitle: A}}} | parameters.moveDestination",
                "{to: {uri: 'dicom:get', parameters: {calledAeTitle: A}}} | parameters.receiver",
                "{to: {uri: 'dicom:get', parameters: {calledAeTitle: A, receiver: 'file:/tmp'}}} | parameters.receiver",
                "{to: {uri: 'dicom:get', parameters: {calledAeTitle: A, receiver: 'direct:nowhere'}}} | parameters.receiver",
                "{to: {uri: 'dicom:commitment', parameters: {calledAeTitle: A, reportTimeout: 1h}}} | parameters.reportTimeout",
                "{split: {simple: '${body}', parallelProcessing: true, steps: []}} | split.parallelProcessing",
                "{split: {simple: '${body}', streaming: true, steps: [{toD: x}]}} | toD",
                "{to: 'direct:nowhere'}                                  | to.uri",
                "{to: {uri: 'jms:q', parameters: {connectionFactory: '#class:a.B'}}} | connectionFactory",
                "{to: {uri: 'jms:q', parameters: {messageConverter: x}}} | messageConverter",
                "{to: {uri: 'netty:tcp', parameters: {host: h, port: 1}}}| parameters.decoders",
                "{to: {uri: 'netty:udp', parameters: {decoders: '#mllpDecoder', encoders: '#mllpEncoder'}}} | to.uri",
                "{to: {uri: 'direct:sample', pattern: InOptionalOut}}    | to.pattern",
                "{setBody: {groovy: x}}                                  | setBody.groovy",
                "{setBody: {expression: {method: {beanType: a.B}}}}      | expression.method",
                "{setBody: {language: {language: groovy, expression: x}}}| setBody.language",
                "{setBody: {simple: '${bean:orders}'}}                   | setBody.simple",
                "{setBody: {simple: '${type:java.lang.System}'}}         | setBody.simple",
                "{setBody: {simple: '${ref:orders}'}}                    | setBody.simple",
                "{setBody: {simple: '${body.getClass()}'}}               | setBody.simple",
                "{setBody: {simple: '${camelContext.stop()}'}}           | setBody.simple",
                "{setBody: {simple: '${exchange.context}'}}              | setBody.simple",
                "{setBody: {simple: '$simple{sys.user}'}}                | setBody.simple",
                "{setBody: {simple: '${header.${header.x}}'}}            | setBody.simple",
                "{setBody: {simple: '$init{ $a := 1 }init$'}}            | setBody.simple",
                "{setBody: {simple: {expression: x, resultType: a.B}}}   | simple.resultType",
                "{setBody: {constant: 'resource:file:/etc/passwd'}}      | setBody.constant",
                "{setBody: {header: 'a b'}}                              | setBody.header",
                "{setBody: {constant: '{{nowhere}}'}}                    | setBody.constant",
                "{setBody: {constant: '{{nowhere:x}}'}}                  | setBody.constant",
                "{setBody: {constant: '{{env:HOME}}'}}                   | setBody.constant",
                "{setBody: {constant: '{{?collimator.archive}}'}}        | setBody.constant",
                "{setHeader: {name: CamelJmsDestinationName, constant: x}} | setHeader.name",
                "{setHeader: {name: '${header.x}', constant: x}}         | setHeader.name",
                "{setProperty: {name: CollimatorAcknowledgementReceipt, constant: x}} | setProperty.name",
                "{setHeader: {name: CollimatorTemplate, constant: no-such}} | setHeader.constant",
                "{setHeader: {name: CollimatorTemplate, simple: 'form-1'}} | setHeader.constant",
                "{setProperty: {name: CollimatorTemplate, constant: form-1}} | setProperty.name",
                "{log: 'received ${body}'}                               | log.message",
                "{log: {message: '${body}', loggingLevel: INFO}}         | log.message",
                "{log: '${bean:orders}'}                                 | log.message",
                "{stop: {}, log: x}                                      | steps[1]",
            })
    void a_step_beyond_the_rules_is_an_error_at_its_line(String step, String field) {
        List<RouteFinding> findings = check(around("- " + step));

        assertThat(findings)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.isError()).isTrue())
                .allSatisfy(finding -> assertThat(finding.line()).isEqualTo(7))
                .anySatisfy(finding -> assertThat(finding.field()).endsWith(field));
    }

    @ParameterizedTest
    @CsvSource({
        "id: orders-in,                 id: 'a b',                      route.id",
        "id: orders-in,                 group: x,                       route.id",
        "description: Orders,           note: Orders,                   route.description",
        "uri: netty:tcp,                uri: kafka:tcp,                 route.from.uri",
        "host:,                         keepAlive:,                     route.from.parameters.host",
        "uri: netty:tcp,                uri: netty,                     route.from.uri",
        "uri: netty:tcp,                uri: 'netty:udp://h:1',         route.from.uri",
        "uri: netty:tcp,                uri: timer:tcp,                 route.from.uri",
        "uri: netty:tcp,                uri: log:tcp,                   route.from.uri",
        "uri: netty:tcp,                uri: dicom:echo,                route.from.uri",
        "#mllpDecoder,                  #other,                         route.from.parameters.decoders",
        "sync: true,                    sync: false,                    route.from.parameters.sync",
        "sync: true,                    transferExchange: true,         route.from.parameters.transferExchange",
        "sync: true,                    serverInitializerFactory: '#x', route.from.parameters.serverInitializerFactory",
        "description: Orders,           'routePolicy: x\n    description: Orders', route.routePolicy",
        "description: Orders,           'errorHandler: {}\n    description: Orders', route.errorHandler",
        "- route:,                      - routeTemplate:,               routeTemplate",
        "- route:,                      - beans:,                       beans",
        "- route:,                      - from:,                        from",
        "steps:,                        stepz:,                         route.from.stepz",
        "{{collimator.mllp.port}},      {{collimator.mllp.prot}},       route.from.parameters.port",
    })
    void a_route_beyond_the_rules_is_an_error(String of, String by, String field) {
        assertThat(ORDERS).contains(of);

        List<RouteFinding> findings = check(ORDERS.replace(of, by));

        assertThat(findings)
                .filteredOn(RouteFinding::isError)
                .extracting(RouteFinding::field)
                .contains(field);
    }

    @Test
    void an_intake_route_without_its_step_is_an_error() {
        String text = ORDERS.replace("bean:\n            ref: orders\n            method: accept", "stop: {}");

        List<RouteFinding> findings = check(text);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.line()).isEqualTo(5);
            assertThat(finding.fix()).contains("orders-in", "AR 207", "orders.accept");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "dicom:worklist, worklist, find",
        "dicom:performed-steps, performedSteps, accept",
        "dicom:commitment, commitments, request",
        "dicom:commitment-reports, commitments, report"
    })
    void every_consumer_of_requests_needs_its_own_step(String uri, String bean, String method) {
        String right =
                around("- bean: {ref: %s, method: %s}".formatted(bean, method)).replace("direct:sample", uri);
        String wrong = around("- bean: {ref: commitments, method: next}").replace("direct:sample", uri);

        assertThat(check(right)).isEmpty();
        assertThat(check(wrong)).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.fix()).contains(bean + "." + method);
        });
    }

    @Test
    void an_intake_step_behind_a_filter_is_a_warning() {
        String text = ORDERS.replace(
                "- bean:\n            ref: orders\n            method: accept",
                "- filter:\n            header: x\n            steps: [{stop: {}}]\n        - bean: {ref: orders, method: accept}");

        List<RouteFinding> findings = check(text);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.fix()).contains("orders.accept");
        });
    }

    @Test
    void an_intake_step_is_found_behind_direct_and_in_a_try_block() {
        String caller =
                ORDERS.replace("bean:\n            ref: orders\n            method: accept", "to: direct:sample");
        String called = around("- doTry:\n    steps: [{bean: {ref: orders, method: accept}}]");

        assertThat(check(caller, called)).isEmpty();
    }

    @Test
    void routes_that_call_each_other_in_a_circle_are_survived() {
        String caller =
                ORDERS.replace("bean:\n            ref: orders\n            method: accept", "to: direct:sample");
        String called = around("- to: direct:sample");

        assertThat(check(caller, called))
                .extracting(RouteFinding::fix)
                .satisfiesExactly(
                        intake -> assertThat(intake).contains("lost its intake step"),
                        ring -> assertThat(ring).contains("The route calls itself"));
    }

    @Test
    void ids_and_endpoints_are_unique_over_all_files() {
        List<RouteFinding> findings = check(around("- stop: {}"), around("- stop: {}"));

        assertThat(findings)
                .extracting(RouteFinding::file, RouteFinding::field, RouteFinding::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("routes/20-test.camel.yaml", "route.id", "sample"),
                        org.assertj.core.groups.Tuple.tuple(
                                "routes/20-test.camel.yaml", "route.from.uri", "direct:sample"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'- route: ['                       | 1 | file",
                "''                                 | 1 | file",
                "'route: {}'                        | 1 | file",
                "'- route: &a {id: x}\n- *a'        | 2 | alias",
                "'- route: !!java.net.URL {id: x}'  | 1 | tag",
                "'- route: {id: !!str x}'           | 1 | tag",
                "'- onException: {}\n---\n- x: 1'   | 2 | file",
                "'- route: {id: x, id: y}'          | 1 | route.id",
            })
    void text_that_is_no_plain_yaml_is_an_error(String text, int line, String field) {
        List<RouteFinding> findings = check(text);

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.field()).isEqualTo(field);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{to: {uri: 'dicom:find', parameters: {calledAeTitle: A, informationModel: study-root, maxMatches: 5, priority: low}}}",
                "{to: {uri: 'dicom:find', parameters: {calledAeTitle: '{{collimator.archive}}', streaming: true}}}",
                "{to: {uri: 'dicom:move', parameters: {calledAeTitle: A, moveDestination: B}}}",
                "{to: {uri: 'dicom:get', parameters: {calledAeTitle: A, receiver: 'direct:sample', storageClasses: '1.2,1.3', transferSyntaxes: '1.2.840.10008.1.2', maxInstanceBytes: 1000000}}}",
                "{to: {uri: 'dicom:store', parameters: {calledAeTitle: A}}}",
                "{to: {uri: 'dicom:commitment', parameters: {calledAeTitle: A, reportTimeout: 30s}}}",
                "{to: {uri: 'dicom:mpps', parameters: {calledAeTitle: A}}}",
                "{split: {simple: '${body}', streaming: true, stopOnException: true, steps: [{stop: {}}]}}",
            })
    void every_operation_of_the_dicom_component_may_be_sent_to(String step) {
        assertThat(check(around("- " + step))).isEmpty();
    }

    /** Instances are exchanges of their own: what their route does is not done to the message that asked for them. */
    @Test
    void a_receiver_of_instances_is_no_intake_step() {
        String caller = ORDERS.replace(
                "bean:\n            ref: orders\n            method: accept",
                "to: {uri: 'dicom:get', parameters: {calledAeTitle: A, receiver: 'direct:sample'}}");
        String called = around("- bean: {ref: orders, method: accept}");

        assertThat(check(caller, called))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("lost its intake step"));
    }

    @Test
    void hostile_depth_and_size_are_bounded() {
        assertThat(check("[".repeat(200_000))).isNotEmpty();
        assertThat(check("#".repeat(2_000_000))).isNotEmpty();
    }
}
