package dev.hypercache.runtime.ring;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.telemetry.NodeLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The callers without data of their own that are connected with this member.
 *
 * <p>On the wire each of them is {@value #ON_THE_WIRE}, which no member is called. Within this process each gets a number above the short
 * ids of members, never used again, to which answers go as they go to members. It is forgotten with the last connection. At most {@value
 * #CLIENTS_MAX} are served; of one more nothing is taken, so that it believes this member to be unreachable. Safe for use by any
 * threads.
 */
final class Clients {

    /** What frames from and to clients call them. */
    static final int ON_THE_WIRE = 0;

    /** How many clients one member serves at once. */
    static final int CLIENTS_MAX = 4_096;

    private final RingMetrics metrics;
    private final NodeLog log;
    private final Map<RemotePeer, Integer> numbers = new ConcurrentHashMap<>();
    private final Map<Integer, RemotePeer> peers = new ConcurrentHashMap<>();
    private int lastNumber = MemberSet.SHORT_ID_MAX;

    Clients(RingMetrics metrics, NodeLog log) {
        this.metrics = metrics;
        this.log = log;
    }

    /** Whether a number is that of a client. */
    static boolean isNumber(int caller) {
        return caller > MemberSet.SHORT_ID_MAX;
    }

    /** Whether a peer may be served as a client. */
    static boolean isClient(RemotePeer peer) {
        return peer.role() == Role.CLIENT;
    }

    /** A client is connected from now on. */
    synchronized void connected(RemotePeer client) {
        if (numbers.containsKey(client)) {
            return;
        }
        if (numbers.size() >= CLIENTS_MAX || lastNumber == Integer.MAX_VALUE) {
            metrics.clientRefused();
            log.warn("client")
                    .addKeyValue("client", client.id())
                    .log("{} clients are connected already; this one is not served here.", numbers.size());
            return;
        }
        int number = ++lastNumber;
        peers.put(number, client);
        numbers.put(client, number);
    }

    /** Its last connection is gone. */
    synchronized void disconnected(RemotePeer client) {
        Integer number = numbers.remove(client);
        if (number != null) {
            peers.remove(number);
        }
    }

    /** The number of a client, {@link Members#NOBODY} if it is not served. */
    int number(RemotePeer client) {
        return numbers.getOrDefault(client, Members.NOBODY);
    }

    /** The client of a number; null if it is gone. */
    @Nullable
    RemotePeer peer(int number) {
        return peers.get(number);
    }

    void forEach(IntConsumer each) {
        peers.keySet().forEach(each::accept);
    }

    /** How many are connected. */
    int count() {
        return numbers.size();
    }
}
