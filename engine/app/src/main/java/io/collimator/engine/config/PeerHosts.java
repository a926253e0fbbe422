package io.collimator.engine.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer may call from.
 *
 * @param networks empty: anywhere
 */
record PeerHosts(List<Network> networks) {

    static final PeerHosts ANYWHERE = new PeerHosts(List.of());

    private static final String KEY = "hosts";

    PeerHosts {
        networks = List.copyOf(networks);
    }

    static PeerHosts read(YamlMap entry) {
        List<YamlMap.Item> items = entry.items(KEY);
        if (items.isEmpty() && entry.isList(KEY)) {
            entry.report(
                    KEY,
                    "",
                    "lists nothing, so that the peer could call from nowhere; list addresses or leave it out.");
        }
        List<Network> networks = new ArrayList<>();
        for (YamlMap.Item item : items) {
            try {
                networks.add(Network.parse(item.text()));
            } catch (IllegalArgumentException e) {
                entry.report(KEY, item, String.valueOf(e.getMessage()));
            }
        }
        return new PeerHosts(networks);
    }

    /** @param from null when it is not known */
    boolean contain(@Nullable InetAddress from) {
        return networks.isEmpty() || (from != null && networks.stream().anyMatch(network -> network.contains(from)));
    }

    /** Whether it is an address that they do not hold; a name is not looked up. */
    boolean leaveOut(String host) {
        try {
            return !contain(Network.parse(host).address());
        } catch (IllegalArgumentException e) {
            return false; // a name
        }
    }
}
