package io.collimator.engine.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * One address, or a network in CIDR form (RFC 4632 §3.1, RFC 4291 §2.3). An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is
 * the IPv4 one.
 *
 * @param prefixLength leading bits that count
 */
record Network(InetAddress address, int prefixLength) {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /** Java looks up no name for what has a colon and no zone. */
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int MAPPED_BITS = 96;

    /**
     * Reads it; nothing is looked up.
     *
     * @throws IllegalArgumentException when it is none; the message says what to do, as the end of a sentence about it
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = address(literal);
        int bits = Byte.SIZE * address.getAddress().length;
        int mapped = address instanceof Inet4Address && literal.indexOf(':') >= 0 ? MAPPED_BITS : 0;
        int length = slash < 0 ? bits : length(text.substring(slash + 1), mapped, bits + mapped) - mapped;
        Network network = new Network(address, length);
        InetAddress first = network.first();
        if (!first.equals(address)) {
            throw new IllegalArgumentException(
                    "is an address within a network; write %s for the address or %s/%d for the network."
                            .formatted(literal, first.getHostAddress(), length));
        }
        return network;
    }

    private static InetAddress address(String literal) {
        if (IPV4.matcher(literal).matches() || IPV6.matcher(literal).matches()) {
            try {
                return InetAddress.getByName(literal);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(wrong(), e);
            }
        }
        throw new IllegalArgumentException(wrong());
    }

    private static String wrong() {
        return "is no address or network; expected for instance 192.0.2.21, 192.0.2.0/24 or 2001:db8::/32. Names are not looked up: write the address.";
    }

    private static int length(String text, int min, int max) {
        if (LENGTH.matcher(text).matches()) {
            int length = Integer.parseInt(text);
            if (length >= min && length <= max) {
                return length;
            }
        }
        throw new IllegalArgumentException(
                "has a prefix length that is not valid; expected a whole number from %d to %d after the slash."
                        .formatted(min, max));
    }

    boolean contains(InetAddress other) {
        InetAddress plain = of(other.getAddress());
        return plain.getAddress().length == address.getAddress().length
                && new Network(plain, prefixLength).first().equals(address);
    }

    /** The address with zeros after the prefix. */
    private InetAddress first() {
        byte[] bytes = address.getAddress();
        for (int bit = prefixLength; bit < Byte.SIZE * bytes.length; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
        }
        return of(bytes);
    }

    /** Java makes an IPv4 address of a mapped one, and leaves out a zone. */
    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 bytes.", e);
        }
    }

    @Override
    public String toString() {
        boolean isAddress = prefixLength == Byte.SIZE * address.getAddress().length;
        return isAddress ? address.getHostAddress() : address.getHostAddress() + "/" + prefixLength;
    }
}
