package dev.hypercache.transport.local;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.TransportException;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is reachable under which name, and who is connected with whom.
 *
 * <p>One lock orders what seldom happens: opening, dialling, ending. Frames do not pass through here. No listener and no
 * handler is called under the lock.
 */
final class Switchboard {

    private static final int FIRST_CHOSEN_PORT = 32_768;
    private static final int PORTS = 65_536;

    private final Object lock = new Object();
    /** Who can be dialled; grows by open nodes only. */
    private final Map<Address, LocalNode> nodes = new HashMap<>();
    /** The clients among the open nodes, whom nobody dials. */
    private final Set<LocalNode> clients = new HashSet<>();
    /** At most one for each link; the timer walks it without the lock. */
    private final Set<LocalConnection> connections = ConcurrentHashMap.newKeySet();

    private final CallTimer timer = new CallTimer(this);
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private int nextPort = FIRST_CHOSEN_PORT;

    LocalNode open(TransportOptions options, TransportListener listener, int threads) {
        synchronized (lock) {
            if (options.isClient()) {
                LocalNode client = new LocalNode(this, options, options.bind(), listener, threads);
                clients.add(client);
                client.start();
                return client;
            }
            Address address = options.bind().port() == 0 ? chosen(options.bind()) : options.bind();
            LocalNode owner = nodes.get(address);
            if (owner != null) {
                throw new TransportException(
                        "Address " + address + " is taken in this network by " + owner.self() + ". Bind another.",
                        null);
            }
            LocalNode node = new LocalNode(this, options, address, listener, threads);
            nodes.put(address, node);
            node.start();
            return node;
        }
    }

    private Address chosen(Address bind) {
        for (int attempt = 0; attempt < PORTS; attempt++) {
            Address candidate = new Address(bind.host(), nextPort);
            nextPort = nextPort + 1 < PORTS ? nextPort + 1 : FIRST_CHOSEN_PORT;
            if (!nodes.containsKey(candidate)) {
                return candidate;
            }
        }
        throw new TransportException("Host " + bind.host() + " has no free port. Close transports.", null);
    }

    /**
     * Connects a link that has no open connection.
     *
     * @return why it cannot be connected, or null if it is
     */
    @Nullable
    CallFailure dial(LocalLink link) {
        synchronized (lock) {
            if (link.isClosed()) {
                return new CallFailure.Closed();
            }
            if (link.isConnected()) {
                return null;
            }
            LocalNode target = nodes.get(link.peer().address());
            if (target == null) {
                return new CallFailure.ConnectionLost(
                        false, "nobody listens at " + link.peer().address());
            }
            if (!target.self().equals(link.peer().id())) {
                return new CallFailure.Refused(link.peer().address() + " is " + target.self() + ", not "
                        + link.peer().id());
            }
            LocalConnection connection = new LocalConnection(link, target);
            connections.add(connection);
            link.connected(connection);
            if (link.source().options().isClient()) {
                target.reachedBy(connection);
            }
            target.joined(link.source());
            link.source().joined(target);
            return null;
        }
    }

    /** Ends a link's connection, by decision of the link. */
    void disconnect(LocalLink link, String detail) {
        LocalConnection connection;
        synchronized (lock) {
            connection = link.connection();
            if (connection != null) {
                end(connection, false);
            }
        }
        if (connection != null) {
            connection.failPending(detail);
        }
    }

    /** Ends a connection by decision of who was dialled: nothing arrives on it any more. */
    void cut(LocalConnection connection, String detail) {
        synchronized (lock) {
            end(connection, true, false);
        }
        connection.failPending(detail);
    }

    /** Nobody dials the node any more; its connections stay. */
    void hide(LocalNode node) {
        synchronized (lock) {
            nodes.remove(node.address(), node);
        }
    }

    /** Ends a node's connections. */
    void remove(LocalNode node, boolean reset) {
        List<LocalConnection> ended = new ArrayList<>();
        synchronized (lock) {
            nodes.remove(node.address(), node);
            clients.remove(node);
            for (LocalConnection connection : connections) {
                if (connection.touches(node)) {
                    end(connection, reset);
                    ended.add(connection);
                }
            }
            if (nodes.isEmpty() && clients.isEmpty()) {
                timer.stop();
            }
        }
        for (LocalConnection connection : ended) {
            connection.failPending(node.self() + (reset ? " died" : " closed"));
        }
    }

    private void end(LocalConnection connection, boolean reset) {
        end(connection, reset, reset);
    }

    private void end(LocalConnection connection, boolean resetAtSource, boolean resetAtTarget) {
        if (connections.remove(connection)) {
            connection.end(resetAtSource);
            LocalNode source = connection.source();
            LocalNode target = connection.target();
            target.reachedNoMoreBy(connection);
            source.left(target, resetAtSource);
            target.left(source, resetAtTarget);
        }
    }

    @Nullable
    LocalNode find(NodeId id) {
        synchronized (lock) {
            return Stream.concat(nodes.values().stream(), clients.stream())
                    .filter(node -> node.self().equals(id))
                    .findFirst()
                    .orElse(null);
        }
    }

    CallTimer timer() {
        return timer;
    }

    /**
     * Times out the calls that are over.
     *
     * @return whether any call is still pending
     */
    boolean expireCalls(long nowNanos) {
        boolean pending = false;
        for (LocalConnection connection : connections) {
            pending |= connection.expireCalls(nowNanos);
        }
        return pending;
    }

    void count(int length) {
        frames.increment();
        bytes.add(length);
    }

    long framesSent() {
        return frames.sum();
    }

    long bytesSent() {
        return bytes.sum();
    }
}
