package io.collimator.engine.console;

import io.collimator.engine.logging.LineBudget;
import io.collimator.engine.metrics.LoginMeter;
import io.collimator.engine.metrics.LoginMeter.Kind;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows whoever tries passwords. An address (IPv6: a network of /64) from which wrong logins came has to wait before its next one is
 * looked at; while an account is attacked, addresses from which nobody logged in have to wait after their
 * first wrong one. A right login from an address that does not wait is never held up, whatever others do. All of it is bounded and
 * only in memory. Thread-safe; never blocks.
 */
public final class LoginAttempts {

    /** So long after its last wrong login an address or an account counts as quiet. */
    static final Duration QUIET = Duration.ofMinutes(15);

    /** Wrong logins of an account that are an attack. */
    static final int MANY = 50;

    private static final Logger LOG = LoggerFactory.getLogger(LoginAttempts.class);
    private static final int FREE = 10;
    private static final int FREE_IN_AN_ATTACK = 1;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int MAX_ADDRESSES = 4_096;
    private static final int MAX_TRUSTED = 256;
    private static final int LINES = 20;
    private static final int NETWORK_BYTES = 8;

    private final LoginMeter meter;
    private final Clock clock;
    private final LineBudget lines;
    private final Map<String, Wrong> addresses = new Bounded<>(MAX_ADDRESSES);
    private final Map<String, Boolean> trusted = new Bounded<>(MAX_TRUSTED);
    private final Map<String, Spell> spells = new TreeMap<>();

    /** The one that was used least recently goes when there are too many. */
    private static final class Bounded<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1L;
        private final int max;

        Bounded(int max) {
            super(16, 0.75f, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > max;
        }
    }

    /**
     * Wrong logins from an address, one after the other.
     *
     * @param until nothing is looked at before
     */
    private record Wrong(int times, Instant last, Instant until) {}

    /**
     * Wrong logins of an account with less than {@link #QUIET} between them.
     *
     * @param from the last address
     */
    record Spell(Instant since, Instant last, long times, String from) {}

    public LoginAttempts(LoginMeter meter, Clock clock) {
        this.meter = meter;
        this.clock = clock;
        this.lines = new LineBudget(LINES, clock);
    }

    /** How long a login from there has to wait; zero: it is to be looked at now. */
    synchronized Duration pause(String account, InetAddress from) {
        Instant now = clock.instant();
        Wrong wrong = addresses.get(place(from));
        if (wrong == null || isQuiet(wrong.last(), now) || !now.isBefore(wrong.until())) {
            return Duration.ZERO;
        }
        meter.count(account, Kind.SLOWED);
        return Duration.between(now, wrong.until());
    }

    synchronized void right(InetAddress from) {
        addresses.remove(place(from));
        trusted.put(place(from), Boolean.TRUE);
    }

    /** @param account a word of ours: what was sent may be the password */
    synchronized void wrong(String account, InetAddress from) {
        Instant now = clock.instant();
        String place = place(from);
        Spell spell = spells.get(account);
        Spell spellNow = spell == null || isQuiet(spell.last(), now)
                ? new Spell(now, now, 1, from.getHostAddress())
                : new Spell(spell.since(), now, spell.times() + 1, from.getHostAddress());
        spells.put(account, spellNow);
        Wrong before = addresses.get(place);
        int times = before == null || isQuiet(before.last(), now) ? 1 : before.times() + 1;
        int free = spellNow.times() >= MANY && !trusted.containsKey(place) ? FREE_IN_AN_ATTACK : FREE;
        Duration wait = waitAfter(times - free);
        addresses.put(place, new Wrong(times, now, now.plus(wait)));
        meter.count(account, Kind.WRONG);
        lines.next()
                .ifPresent(more -> LOG.warn(
                        "A login as {} over HTTP from {} failed, {} in a row from there.{}{}",
                        account,
                        from.getHostAddress(),
                        times,
                        wait.isZero() ? "" : " The next one is looked at in %d s.".formatted(wait.toSeconds()),
                        more));
    }

    /** 1, 2, 4, … seconds. */
    private static Duration waitAfter(int tooMany) {
        if (tooMany < 0) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(tooMany, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** A clock that was put back makes nobody wait. */
    private static boolean isQuiet(Instant last, Instant now) {
        return now.isBefore(last) || !now.isBefore(last.plus(QUIET));
    }

    /** The accounts with wrong logins that are not over. */
    synchronized Map<String, Spell> spells() {
        Instant now = clock.instant();
        spells.values().removeIf(spell -> isQuiet(spell.last(), now));
        return Map.copyOf(spells);
    }

    /** A site has a whole IPv6 network to take addresses from. */
    private static String place(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
