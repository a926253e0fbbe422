package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.AeTitle;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerHostsTest {

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void make_a_home() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        home = new Home(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.21, 192.0.2.21, 192.0.2.22",
        "192.0.2.0/24, 192.0.2.255, 192.0.3.0",
        "192.0.2.128/25, 192.0.2.128, 192.0.2.127",
        "10.0.0.0/8, 10.255.0.1, 11.0.0.0",
        "172.16.0.0/12, 172.31.255.255, 172.32.0.0",
        "0.0.0.0/0, 203.0.113.9, ::1",
        "192.0.2.21/32, 192.0.2.21, 192.0.2.20",
        "::1, 0:0:0:0:0:0:0:1, 127.0.0.1",
        "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::",
        "2001:DB8:1::/49, 2001:db8:1:7fff::1, 2001:db8:1:8000::",
        "::/0, 2001:db8::1, 192.0.2.1",
        "::ffff:192.0.2.21, 192.0.2.21, 192.0.2.22",
        "::ffff:192.0.2.0/120, 192.0.2.99, 192.0.3.1",
        "::ffff:0:0/96, 192.0.2.99, ::1"
    })
    void an_address_or_a_network_holds_what_it_says(String text, String inside, String outside) throws IOException {
        Network network = Network.parse(text);

        assertThat(network.contains(InetAddress.getByName(inside))).isTrue();
        assertThat(network.contains(InetAddress.getByName(outside))).isFalse();
        assertThat(Network.parse(network.toString())).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ct1.example.org",
                "localhost",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.021",
                "192.0.2.1.5",
                "3221225985",
                "0xC0.0.2.1",
                "192.0.2.1 ",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/",
                "192.0.2.0/024",
                "192.0.2.0/24/24",
                "192.0.2.0-192.0.2.9",
                "192.0.2.*",
                "192.0.2.21/24",
                "2001:db8::/129",
                "2001:db8::1/32",
                "2001:db8:::1",
                "[2001:db8::1]",
                "fe80::1%eth0",
                "::ffff:192.0.2.0/24",
                ":",
                "1:2"
            })
    void what_is_none_is_refused_with_advice_and_nothing_is_looked_up(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(is|has) .*(expected|write).*");
    }

    @Test
    void a_peer_calls_from_its_hosts_and_one_without_hosts_from_anywhere() throws IOException {
        write("""
                applicationEntities:
                  CT1: {hosts: [192.0.2.21, 2001:db8::/64]}
                  CT2: {}
                """);

        ApplicationEntities peers = ApplicationEntities.load(home);

        AeTitle ct1 = new AeTitle("CT1");
        assertThat(peers.mayCallFrom(ct1, InetAddress.getByName("192.0.2.21"))).isTrue();
        assertThat(peers.mayCallFrom(ct1, InetAddress.getByName("2001:db8::7"))).isTrue();
        assertThat(peers.mayCallFrom(ct1, InetAddress.getByName("192.0.2.22"))).isFalse();
        assertThat(peers.mayCallFrom(ct1, null)).isFalse();
        assertThat(peers.mayCallFrom(new AeTitle("CT2"), InetAddress.getByName("203.0.113.9")))
                .isTrue();
        assertThat(peers.mayCallFrom(new AeTitle("CT3"), InetAddress.getByName("203.0.113.9")))
                .isFalse();
        assertThat(peers.find(ct1))
                .hasValueSatisfying(peer -> assertThat(peer.hosts()).hasSize(2).contains("192.0.2.21"));
    }

    @Test
    void wrong_addresses_are_told_at_once_with_their_line_and_the_fix() throws IOException {
        write("""
                applicationEntities:
                  CT1:
                    hosts: [192.0.2.300, 192.0.2.21]
                  CT2:
                    hosts:
                      - 192.0.2.22
                      - ct2.example.org
                      - 192.0.2.23/24
                      - 192.0.2.0/40
                  CT3: {hosts: []}
                  CT4: {hosts: 192.0.2.24}
                  CT5: {hosts: [[192.0.2.25], 192.0.2.26]}
                """);

        ConfigurationException problem =
                catchThrowableOfType(ConfigurationException.class, () -> ApplicationEntities.load(home));

        assertThat(problem)
                .hasMessageContainingAll(
                        "config/application-entities.yaml:3: applicationEntities.CT1.hosts = \"192.0.2.300\": is no address",
                        "yaml:7: applicationEntities.CT2.hosts = \"ct2.example.org\": is no address or network; expected for instance 192.0.2.21",
                        "yaml:8: applicationEntities.CT2.hosts = \"192.0.2.23/24\": is an address within a network; write 192.0.2.23 for the address or 192.0.2.0/24 for the network",
                        "yaml:9: applicationEntities.CT2.hosts = \"192.0.2.0/40\": has a prefix length that is not valid; expected a whole number from 0 to 32",
                        "yaml:10: applicationEntities.CT3.hosts: lists nothing",
                        "yaml:11: applicationEntities.CT4.hosts = \"192.0.2.24\": is no list",
                        "yaml:12: applicationEntities.CT5.hosts: has an entry that is no single value");
        assertThat(problem.problems()).hasSize(7);
    }

    private void write(String text) throws IOException {
        Files.writeString(home.applicationEntities(), text);
    }
}
