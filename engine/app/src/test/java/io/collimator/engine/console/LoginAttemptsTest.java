package io.collimator.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.engine.metrics.Metrics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginAttemptsTest {

    private static final String ADMIN = "admin";

    private Instant now = Instant.parse("2026-11-30T08:00:00Z");
    private final InstantSource time = () -> now;
    private final Metrics metrics = new Metrics();
    private final LoginAttempts attempts = new LoginAttempts(metrics.logins(), time.withZone(ZoneOffset.UTC));

    static LoginAttempts attempts() {
        return new LoginAttempts(new Metrics().logins(), Clock.systemUTC());
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Tries as often as it may, and otherwise waits for as long as it is told. */
    private Duration timeFor(int wrongLogins, InetAddress from) {
        Instant begun = now;
        for (int i = 0; i < wrongLogins; i++) {
            now = now.plus(attempts.pause(ADMIN, from));
            attempts.wrong(ADMIN, from);
        }
        return Duration.between(begun, now);
    }

    @Test
    void a_few_wrong_logins_cost_nothing_and_many_take_their_time() {
        InetAddress stranger = address("192.0.2.66");

        assertThat(timeFor(10, stranger)).isZero();
        assertThat(timeFor(5, stranger)).isEqualTo(Duration.ofSeconds(1 + 2 + 4 + 8 + 10));
        assertThat(timeFor(100, stranger)).isEqualTo(Duration.ofSeconds(1_000));
        assertThat(attempts.pause(ADMIN, stranger)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_right_login_ends_the_row_and_a_quarter_of_an_hour_too() {
        InetAddress clerk = address("192.0.2.10");
        timeFor(9, clerk);

        attempts.right(clerk);
        assertThat(timeFor(10, clerk)).isZero();
        now = now.plus(LoginAttempts.QUIET);
        assertThat(timeFor(10, clerk)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.66, 192.0.2.67, false",
        "2001:db8::1, 2001:db8::ffff:2, true",
        "2001:db8::1, 2001:db8:1::1, false"
    })
    void another_address_does_not_wait_unless_it_is_of_the_same_ipv6_network(String one, String other, boolean waits) {
        timeFor(12, address(one));

        assertThat(attempts.pause(ADMIN, address(other)).isZero()).isNotEqualTo(waits);
    }

    @Test
    void an_attack_from_many_addresses_slows_new_ones_after_their_first_and_nobody_before() {
        // given
        InetAddress office = address("192.0.2.10");
        attempts.right(office);
        for (int i = 0; i < 2 * LoginAttempts.MANY; i++) {
            attempts.wrong(ADMIN, address("198.51.100." + i));
        }

        // when
        attempts.wrong(ADMIN, office);
        attempts.wrong(ADMIN, address("203.0.113.1"));

        // then
        assertThat(attempts.pause(ADMIN, office)).isZero();
        assertThat(attempts.pause(ADMIN, address("203.0.113.2"))).isZero();
        assertThat(attempts.pause(ADMIN, address("203.0.113.1"))).isPositive();
        assertThat(attempts.pause(ADMIN, address("198.51.100.7")))
                .as("one of the first")
                .isZero();
    }

    @Test
    void a_spell_goes_on_until_it_was_quiet_for_a_quarter_of_an_hour() {
        attempts.wrong(ADMIN, address("192.0.2.66"));
        now = now.plus(LoginAttempts.QUIET).minusSeconds(1);
        attempts.wrong(ADMIN, address("192.0.2.67"));

        assertThat(attempts.spells().get(ADMIN)).satisfies(spell -> {
            assertThat(spell.times()).isEqualTo(2);
            assertThat(spell.from()).isEqualTo("192.0.2.67");
        });
        now = now.plus(LoginAttempts.QUIET);
        assertThat(attempts.spells()).isEmpty();
    }

    @Test
    void every_failed_login_is_counted() {
        timeFor(11, address("192.0.2.66"));
        attempts.pause(ADMIN, address("192.0.2.66"));

        assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                .contains("collimator_http_failed_logins_total{account=\"admin\",kind=\"wrong\"} 11.0")
                .contains("collimator_http_failed_logins_total{account=\"admin\",kind=\"slowed\"} 2.0");
    }

    @ParameterizedTest
    @CsvSource({"admin:x, admin", "admin, other", "Admin:x, other", "secret:, other"})
    void what_was_sent_as_a_name_goes_nowhere(String sent, String account) {
        String header = "Basic " + Base64.getEncoder().encodeToString(sent.getBytes(StandardCharsets.UTF_8));

        assertThat(BasicLogin.accountOf(header)).isEqualTo(account);
        assertThat(BasicLogin.accountOf("Bearer " + sent)).isEqualTo("other");
    }
}
