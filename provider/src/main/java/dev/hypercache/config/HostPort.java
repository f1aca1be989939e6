package dev.hypercache.config;

import java.util.Objects;

/**
 * A network address as configured: unresolved.
 *
 * @param host a host name or an IP address, IPv6 without its brackets
 * @param port 0 to 65535; 0 lets the operating system choose, where a setting allows it
 */
public record HostPort(String host, int port) {
    public HostPort {
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /** The notation of the configuration: {@code host:port}, IPv6 in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
