package io.collimator.camel.allow;

import io.collimator.camel.allow.EndpointRules.Endpoint;
import io.collimator.camel.allow.EndpointRules.Position;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Rules for the values of options, placeholders replaced. Camel joins options to one URI as they are, so that a {@code ?},
 * {@code &} or {@code %} in a value would end its option and begin another one.
 */
final class OptionValues {

    private static final Pattern CROSSES = Pattern.compile("[?&%]");
    private static final Pattern RAW = Pattern.compile("RAW[({]");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final Set<String> NUMBERS = Set.of(
            "backlog",
            "connectTimeout",
            "requestTimeout",
            "producerPoolMaxTotal",
            "concurrentConsumers",
            "receiveTimeout",
            "recoveryInterval",
            "timeToLive");
    private static final Set<String> SWITCHES = Set.of(
            "keepAlive",
            "reuseAddress",
            "tcpNoDelay",
            "ssl",
            "needClientAuth",
            "disconnect",
            "producerPoolEnabled",
            "hostnameVerification",
            "transacted",
            "deliveryPersistent",
            "preserveMessageQos",
            "disableReplyTo",
            "showBodyType",
            "showExchangeId",
            "showExchangePattern");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|(?:0*:){2,7}0*1");
    private static final Pattern OWN_ADDRESS = Pattern.compile("\\{\\{collimator\\.[a-z]+\\.bind-address}}");
    private static final int MAX_PORT = 65_535;

    private final Map<String, String> settings;

    /** @param settings values that {@code {{key}}} stands for */
    OptionValues(Map<String, String> settings) {
        this.settings = settings;
    }

    /** The value as Camel gets it; a placeholder without a known value stays. */
    String resolved(String written) {
        return Placeholders.resolved(written, settings);
    }

    /** What is wrong with a value, with the fix; empty when nothing is. */
    Optional<String> problem(String name, String written) {
        String value = resolved(written);
        Optional<String> crossing = crossing(written);
        if (crossing.isPresent()) {
            return crossing;
        }
        if (value.contains("{{")) {
            return Optional.empty(); // it has no value: a finding of its own
        }
        if (NUMBERS.contains(name) && !NUMBER.matcher(value).matches()) {
            return Optional.of("Write a whole number" + from(written, value));
        }
        if (SWITCHES.contains(name) && !Set.of("true", "false").contains(value)) {
            return Optional.of("Write true or false" + from(written, value));
        }
        if (name.equals("port") && !isPort(value)) {
            return Optional.of("Write a port, 0 to %d".formatted(MAX_PORT) + from(written, value));
        }
        return name.equals("host") && !HOST.matcher(value).matches()
                ? Optional.of("Write a host name or an address, without port" + from(written, value))
                : Optional.empty();
    }

    /** What keeps a text out of a URI. */
    Optional<String> crossing(String written) {
        String value = resolved(written);
        if (CROSSES.matcher(value).find()) {
            return Optional.of(
                    "?, & and %% may not stand here: Camel would end the option there and begin another one. Write it without them%s"
                            .formatted(from(written, value)));
        }
        return RAW.matcher(value).find()
                ? Optional.of("RAW() is not allowed; write the plain value" + from(written, value))
                : Optional.empty();
    }

    private static String from(String written, String value) {
        return written.equals(value) ? "." : "; the setting has the value \"%s\".".formatted(value);
    }

    private static boolean isPort(String value) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= MAX_PORT;
    }

    /** A listener that others can reach, as the bind addresses of the settings warn of; those speak for themselves. */
    void checkListener(Endpoint endpoint, Node uri, Position position) {
        Node host = endpoint.parameters().getOrDefault("host", uri);
        String written = host.equals(uri)
                ? endpoint.path().replaceFirst("^tcp(?:://)?", "").replaceFirst(":[^:]*$", "")
                : Yaml.scalar(host).orElse("");
        String value = resolved(written).replaceAll("^\\[|]$", "");
        if (!value.isEmpty()
                && !LOOPBACK.matcher(value).matches()
                && !OWN_ADDRESS.matcher(written).matches()) {
            position.findings()
                    .warning(
                            Yaml.line(host),
                            position.field(host.equals(uri) ? "uri" : EndpointRules.PARAMETERS + ".host"),
                            value,
                            "is off loopback without TLS; keep it inside a network that you trust.");
        }
    }
}
