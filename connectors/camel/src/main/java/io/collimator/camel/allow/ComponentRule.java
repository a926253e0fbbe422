package io.collimator.camel.allow;

import java.util.Map;
import java.util.Set;

/**
 * What may be written of one component, on one side.
 *
 * @param parameters names that may be given
 * @param fixed parameters that are only allowed with this value
 * @param required those of {@code fixed} that must be there
 */
record ComponentRule(Set<String> parameters, Map<String, String> fixed, Set<String> required) {

    private static final String DECODER = "#" + RouteRules.MLLP_DECODER;
    private static final String ENCODER = "#" + RouteRules.MLLP_ENCODER;

    private static final ComponentRule NONE = new ComponentRule(Set.of(), Map.of(), Set.of());

    private static final Map<String, String> MLLP =
            Map.of("decoders", DECODER, "encoders", ENCODER, "sync", "true", "allowDefaultCodec", "false");

    /** Components that a route may consume from. */
    static final Map<String, ComponentRule> CONSUMERS = Map.of(
            "netty",
            new ComponentRule(
                    Set.of(
                            "host",
                            "port",
                            "backlog",
                            "keepAlive",
                            "reuseAddress",
                            "tcpNoDelay",
                            "ssl",
                            "sslContextParameters",
                            "needClientAuth"),
                    MLLP,
                    Set.of("decoders", "encoders")),
            "dicom",
            NONE,
            "direct",
            NONE,
            "jms",
            new ComponentRule(
                    Set.of(
                            "destinationType",
                            "destinationName",
                            "connectionFactory",
                            "selector",
                            "transacted",
                            "cacheLevelName",
                            "concurrentConsumers",
                            "acknowledgementModeName",
                            "receiveTimeout",
                            "recoveryInterval"),
                    Map.of(),
                    Set.of()));

    /** Components that a route may send to. */
    static final Map<String, ComponentRule> PRODUCERS = Map.of(
            "netty",
                    new ComponentRule(
                            Set.of(
                                    "host",
                                    "port",
                                    "connectTimeout",
                                    "requestTimeout",
                                    "synchronous",
                                    "disconnect",
                                    "keepAlive",
                                    "tcpNoDelay",
                                    "producerPoolEnabled",
                                    "producerPoolMaxTotal",
                                    "ssl",
                                    "sslContextParameters",
                                    "hostnameVerification"),
                            MLLP,
                            Set.of("decoders", "encoders")),
            // by operation: DicomRules
            "dicom", NONE,
            "direct", NONE,
            "log",
                    new ComponentRule(
                            Set.of(
                                    "loggerName",
                                    "level",
                                    "marker",
                                    "showBodyType",
                                    "showExchangeId",
                                    "showExchangePattern"),
                            Map.of("showBody", "false"),
                            Set.of("showBody")),
            "jms",
                    new ComponentRule(
                            Set.of(
                                    "destinationType",
                                    "destinationName",
                                    "connectionFactory",
                                    "exchangePattern",
                                    "jmsMessageType",
                                    "deliveryPersistent",
                                    "timeToLive",
                                    "priority",
                                    "preserveMessageQos",
                                    "disableReplyTo"),
                            Map.of(),
                            Set.of()));

    boolean allows(String parameter) {
        return parameters.contains(parameter) || fixed.containsKey(parameter);
    }
}
