package dev.hypercache.transport.undertow;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.transport.auth.Caller;
import dev.hypercache.transport.auth.PeerHost;
import dev.hypercache.transport.auth.Rejection;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.MuxException;
import dev.hypercache.transport.undertow.wire.Refusal;
import java.nio.ByteBuffer;

/** What the peer of an accepted connection may say; what it must not is counted and audited, and cuts it off. */
final class PeerRights {

    private final MuxConnection connection;
    private final MuxNode node;

    PeerRights(MuxConnection connection) {
        this.connection = connection;
        this.node = connection.node();
    }

    /** What the peer may ask for: what it proved, or less if it says that it is a client. */
    Role role(Hello hello) {
        Role proved = connection.end().caller().role();
        return proved == Role.MEMBER && hello.isOfClient() ? Role.CLIENT : proved;
    }

    /** A certificate speaks for one node: nobody greets as another one (SECURITY R5). */
    void requireSelf(Hello hello) throws MuxException {
        Caller caller = connection.end().caller();
        if (caller.node() != null && !caller.node().equals(hello.node().name())) {
            String claimed = "greets as " + hello.node() + ", is " + caller.name();
            PeerAudit.reject(connection, Rejection.OTHER_NODE, claimed);
            throw new MuxException("a greeting in the name of another node");
        }
    }

    /** Who is no member may not send everything (SECURITY R8). */
    void requireAllowed(RemotePeer from, ByteBuffer message) throws MuxException {
        if (from.role() != Role.MEMBER && !node.listening().allows(from, message.slice())) {
            PeerAudit.reject(connection, Rejection.ROLE, from.id() + " sent a message that is for members alone");
            throw new MuxException("a message that is for members alone");
        }
    }

    /**
     * The peer takes the place of an older connection. That it comes from another host while that one lives is no breach, since
     * nodes move, but two of one name and one life are (SECURITY R5): an operator should know.
     */
    void replaces(MuxConnection old) {
        String now = PeerHost.of(connection.peerAddress());
        String before = PeerHost.of(old.peerAddress());
        if (!old.isEnded() && !now.equals(before)) {
            String name = connection.end().caller().name();
            node.security().audit().record("NODE_AT_TWO_HOSTS", "caller", name, "peer", now, "before", before);
        }
    }

    /** A greeting did not fit. */
    void refused(Refusal refusal) {
        node.counters().refused();
        node.journal().refused(connection.peerAddress(), refusal.reason());
        PeerAudit.refuse(connection, refusal);
    }
}
