package io.collimator.engine.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of hosts and URLs in settings. Whether somebody is there is asked when they are used. */
final class Addresses {

    static final String HOST = "a host name or an address, without scheme and port";
    static final String BROKER_URL = "tcp://host:port, or (tcp://one:61616,tcp://two:61616); options stand behind ?";
    static final String DATABASE_URL = "jdbc:postgresql://host:port/database or jdbc:h2:…";

    private static final int MAX_LENGTH = 253;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9.]+");
    private static final Pattern OCTET = Pattern.compile("25[0-5]|2[0-4]\\d|1?\\d?\\d");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9]+)?");
    private static final Pattern GROUP = Pattern.compile("\\((.+)\\)(?:\\?.*)?");
    private static final Pattern POSTGRESQL = Pattern.compile("jdbc:postgresql:(?://([^/?]*)/)?[^/?]*(?:\\?.*)?");
    private static final int MAX_PORT = 65_535;

    private Addresses() {}

    /** The host; empty when it is none. */
    static Optional<String> host(String text) {
        return Optional.of(text).filter(Addresses::isHost);
    }

    /** The host, or "" for none. */
    static Optional<String> hostOrNone(String text) {
        return text.isEmpty() ? Optional.of("") : host(text);
    }

    static boolean isHost(String text) {
        if (text.contains(":")) {
            return IPV6.matcher(text).matches()
                    && text.chars().filter(c -> c == ':').count() > 1;
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        String[] labels = name.split("\\.", -1);
        if (DIGITS.matcher(name).matches()) {
            return labels.length == 4
                    && Arrays.stream(labels)
                            .allMatch(part -> OCTET.matcher(part).matches());
        }
        return name.length() <= MAX_LENGTH
                && Arrays.stream(labels).allMatch(label -> LABEL.matcher(label).matches());
    }

    /** The URL of a broker, or "" for the embedded one; empty when it is none. */
    static Optional<String> brokerUrl(String text) {
        Matcher group = GROUP.matcher(text);
        String[] urls = group.matches() ? group.group(1).split(",", -1) : text.split(",", -1);
        return text.isEmpty() || Arrays.stream(urls).allMatch(url -> isTcp(url.strip()))
                ? Optional.of(text)
                : Optional.empty();
    }

    private static boolean isTcp(String text) {
        try {
            URI url = new URI(text);
            String host = url.getHost() == null ? "" : url.getHost().replaceAll("^\\[|]$", "");
            return "tcp".equals(url.getScheme()) && isHost(host) && url.getPort() > 0 && url.getPort() <= MAX_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The URL of a database, or "" for the file; empty when it is none. */
    static Optional<String> databaseUrl(String text) {
        if (text.isEmpty() || (text.startsWith("jdbc:h2:") && text.length() > "jdbc:h2:".length())) {
            return Optional.of(text);
        }
        Matcher url = POSTGRESQL.matcher(text);
        boolean isUrl = url.matches()
                && (url.group(1) == null
                        || url.group(1).isEmpty()
                        || Arrays.stream(url.group(1).split(",", -1)).allMatch(Addresses::isHostAndPort));
        return isUrl ? Optional.of(text) : Optional.empty();
    }

    private static boolean isHostAndPort(String text) {
        int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "5432" : text.substring(colon + 1);
        return isHost(host.replaceAll("^\\[|]$", ""))
                && port.matches("\\d{1,5}")
                && Integer.parseInt(port) > 0
                && Integer.parseInt(port) <= MAX_PORT;
    }
}
