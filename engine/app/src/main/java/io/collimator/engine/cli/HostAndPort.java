package io.collimator.engine.cli;

/** {@code host:port}; an IPv6 address stands in brackets. */
record HostAndPort(String host, int port) {

    static HostAndPort parse(String option, String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
            String digits = text.substring(colon + 1);
            if (digits.matches("[0-9]{1,5}")) {
                int port = Integer.parseInt(digits);
                if (port >= 1 && port <= 65_535) {
                    return new HostAndPort(host, port);
                }
            }
        }
        throw new WrongUsageException(
                "%s is \"%s\"; write host:port, for instance 127.0.0.1:2575.".formatted(option, text));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
