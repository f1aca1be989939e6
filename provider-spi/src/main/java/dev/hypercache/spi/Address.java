package dev.hypercache.spi;

import java.util.Locale;
import java.util.Objects;

/**
 * Where a node listens: a host and a TCP port. A value only: nothing is looked up.
 *
 * @param host a DNS name, an IPv4 literal, or an IPv6 literal without brackets (a zone after {@code %} is allowed); kept in
 *     lower case; 1 to 253 characters
 * @param port 0 to 65535; 0 only where one binds and lets the system choose
 */
public record Address(String host, int port) implements Comparable<Address> {

    private static final int HOST_LENGTH_MAX = 253;
    private static final int PORT_MAX = 65_535;

    /**
     * Checks and lowers the host, checks the port.
     *
     * @throws IllegalArgumentException if either is out of its range or the host has a character that no host has
     */
    public Address {
        host = Objects.requireNonNull(host, "host").toLowerCase(Locale.ROOT);
        if (!isHost(host)) {
            throw new IllegalArgumentException("Host \"" + host.replaceAll("\\p{Cntrl}", "?")
                    + "\": a host is a DNS name, an IPv4 address or an IPv6 address, of at most " + HOST_LENGTH_MAX
                    + " characters. Write host:port, with IPv6 in brackets: [::1]:7400.");
        }
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("Port " + port + " of " + host + ": a port is 0 to " + PORT_MAX + ".");
        }
    }

    /**
     * Reads {@code host:port}; an IPv6 literal stands in brackets: {@code [::1]:7400}.
     *
     * @param text what to read, without surrounding blanks
     * @return the address
     * @throws IllegalArgumentException if the text has another form; the message names it
     */
    public static Address parse(String text) {
        int colon = Objects.requireNonNull(text, "text").lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon > 1 && text.charAt(colon - 1) == ']';
        String host = colon < 0 ? text : bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        boolean legal = colon > 0 && bracketed == (host.indexOf(':') >= 0) && isHost(host.toLowerCase(Locale.ROOT));
        int port = legal ? portOf(text.substring(colon + 1)) : -1;
        if (port < 0) {
            throw new IllegalArgumentException("Address \"" + text.replaceAll("\\p{Cntrl}", "?")
                    + "\" is not host:port with a port from 0 to " + PORT_MAX
                    + ". Write for example cache-1:7400, 10.0.0.5:7400 or [::1]:7400.");
        }
        return new Address(host, port);
    }

    @Override
    public int compareTo(Address other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static int portOf(String digits) {
        if (digits.isEmpty() || digits.length() > 5) {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            port = port * 10 + (c - '0');
        }
        return port <= PORT_MAX ? port : -1;
    }

    private static boolean isHost(String host) {
        boolean ipv6 = host.indexOf(':') >= 0;
        int zone = ipv6 ? host.indexOf('%') : -1;
        String literal = zone < 0 ? host : host.substring(0, zone);
        if (literal.isEmpty() || host.length() > HOST_LENGTH_MAX || zone == host.length() - 1) {
            return false;
        }
        return consistsOf(literal, ipv6 ? "0123456789abcdef:." : "0123456789abcdefghijklmnopqrstuvwxyz.-_")
                && (zone < 0 || consistsOf(host.substring(zone + 1), "0123456789abcdefghijklmnopqrstuvwxyz.-_"));
    }

    private static boolean consistsOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
