package dev.hypercache.transport.auth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the callers of a node's port are known, and how the node makes itself known to others. What is in it is live: files that
 * change are read anew behind it.
 *
 * @param tls the TLS material; null for plain TCP
 * @param identities who is let in by a certificate; null without TLS
 * @param signatures signed requests; null if no keys are shared
 * @param tokens bearer tokens; null if none count
 * @param audit where it is written who was let in or turned away
 * @param counters what is counted of that
 * @param clockMillis the present, in milliseconds since 1970-01-01T00:00Z
 */
public record PortSecurity(
        @Nullable LiveTls tls,
        @Nullable IdentityCheck identities,
        @Nullable SignedCalls signatures,
        @Nullable LiveTokens tokens,
        AuditLog audit,
        AuthCounters counters,
        LongSupplier clockMillis) {

    /**
     * Nobody is asked who he is: for loopback addresses, and for nodes that are told to be insecure.
     *
     * @param node the node's name
     * @return security that lets everybody in as a member
     */
    public static PortSecurity open(String node) {
        LongSupplier clock = System::currentTimeMillis;
        return new PortSecurity(null, null, null, null, new AuditLog(node, clock), new AuthCounters(), clock);
    }

    /** Whether nobody is asked who he is. */
    public boolean isOpen() {
        return tls == null && signatures == null && tokens == null;
    }

    /**
     * Whether a connection without a client's certificate ends in its handshake: nothing else could prove who it is from.
     *
     * @return true if certificates are the only proof
     */
    public boolean isCertificateRequired() {
        return tls != null && signatures == null && tokens == null;
    }

    /** The present, in milliseconds since 1970-01-01T00:00Z. */
    public long nowMillis() {
        return clockMillis.getAsLong();
    }

    /**
     * Counts a caller that is turned away, and writes it down.
     *
     * @param why what was found
     * @param peer the address that it came from
     * @param fields names and values in turn, such as the route; no secrets
     */
    public void reject(RejectedCallerException why, String peer, String... fields) {
        counters.rejected(why.rejection());
        List<String> all = new ArrayList<>(List.of("peer", peer, "detail", String.valueOf(why.getMessage())));
        all.addAll(Arrays.asList(fields));
        audit.rejected(why.rejection(), all.toArray(String[]::new));
    }
}
