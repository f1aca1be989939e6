package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.CacheDefinition;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What a member does on behalf of clients: it tells them what the ring agreed on, and uses caches for them.
 *
 * <p>A client has no place in the ring's agreement, so that its caches are open as long as a member has them open for it. It asks for a
 * cache once, and says every few seconds which ones it still has open. What it has not named for {@value #LEASE_MILLIS} ms is closed
 * here; a client whose member died names its caches to another one. At most {@value #LEASES_MAX} caches are kept open so; a client that asks for
 * one more is refused. Safe for use by any threads; methods may wait for the ring.
 */
public final class ClientService {

    static final long LEASE_MILLIS = 15_000;
    static final int LEASES_MAX = 16_384;

    private final NodeParts parts;
    private final PeerWatch watch;
    private final Map<Claim, Lease> leases = new ConcurrentHashMap<>();

    /** What tells one use from others. */
    private record Claim(NodeId client, String cache, CacheTraits traits) {}

    /** A cache that is open here for a client. */
    private static final class Lease {
        final int id;
        volatile long endsAtMillis;

        Lease(int id, long endsAtMillis) {
            this.id = id;
            this.endsAtMillis = endsAtMillis;
        }
    }

    ClientService(NodeParts parts, PeerWatch watch) {
        this.parts = parts;
        this.watch = watch;
        parts.metrics().supplyLeases(gauge -> leases.size());
    }

    /** The ring, in the generation that this member knows. */
    public RingId ring() {
        return parts.control().state().founded().ring();
    }

    /** The last change that this member knows. */
    public long index() {
        return parts.control().state().index();
    }

    /**
     * What the ring agreed on after a change.
     *
     * @param after the last change that the client knows, 0 if it knows none
     * @param confirmed whether it must hold everything that was agreed on before the call
     * @throws dev.hypercache.runtime.call.RequestFailedException if the ring does not confirm it
     */
    public TopologyPage page(long after, boolean confirmed) {
        if (confirmed) {
            ControlState unused = parts.control().confirmed();
        }
        return parts.control().page(after);
    }

    /**
     * Uses a cache for a client, and defines it if need be. Asked again, it gives the same answer.
     *
     * @return the cache's id
     * @throws CacheException as for a cache of the member's own; or if too many caches are kept for clients
     */
    public int join(NodeId client, String cache, CacheTraits traits) {
        Claim claim = new Claim(client, cache, traits);
        Lease present = leases.get(claim);
        if (present != null && isDefined(present.id, cache)) {
            renew(present);
            return present.id;
        }
        if (present != null) {
            end(claim, present);
        }
        requirePlace(cache);
        int id = parts.definitions().join(cache, traits, new CacheEraser(parts));
        Lease before = leases.putIfAbsent(claim, new Lease(id, untilMillis()));
        if (before != null) {
            parts.definitions().quit(id, traits, watch.hearsMajority()); // The same was asked twice at once.
        }
        return id;
    }

    private void requirePlace(String cache) {
        if (leases.size() >= LEASES_MAX) {
            parts.metrics().leaseRefused();
            throw new CacheException("cache '" + cache + "' cannot be created: this member keeps " + LEASES_MAX
                    + " caches open for clients already. Close caches that nobody needs, or ask another member");
        }
    }

    /**
     * A client still has caches open; those that this member does not know of it uses from now on.
     *
     * @return the ids of those that the ring has no more
     */
    public List<Integer> renew(NodeId client, List<ClientUses.Use> uses) {
        List<Integer> gone = new ArrayList<>();
        for (ClientUses.Use use : uses) {
            Claim claim = new Claim(client, use.name(), use.traits());
            Lease present = leases.get(claim);
            if (present != null && present.id == use.id()) {
                renew(present);
            } else if (!isTakenOver(client, use)) {
                gone.add(use.id());
            }
        }
        return gone;
    }

    private boolean isTakenOver(NodeId client, ClientUses.Use use) {
        boolean isKnown = isDefined(use.id(), use.name());
        if (!isKnown) {
            ControlState unused = parts.control().confirmed();
            isKnown = isDefined(use.id(), use.name());
        }
        return isKnown && join(client, use.name(), use.traits()) == use.id();
    }

    private boolean isDefined(int id, String cache) {
        CacheDefinition found = parts.control().state().caches().cache(id);
        return found != null && found.name().equals(cache);
    }

    private void renew(Lease lease) {
        lease.endsAtMillis = untilMillis();
    }

    private long untilMillis() {
        return parts.clock().steadyMillis() + LEASE_MILLIS;
    }

    /** A client has closed a cache. */
    public void quit(NodeId client, String cache, CacheTraits traits) {
        Claim claim = new Claim(client, cache, traits);
        end(claim, leases.get(claim));
    }

    private void end(Claim claim, @Nullable Lease lease) {
        if (lease != null && leases.remove(claim, lease)) {
            parts.definitions().quit(lease.id, claim.traits(), watch.hearsMajority());
        }
    }

    /**
     * Ends a cache for the whole ring.
     *
     * @throws CacheException if the ring cannot agree on it now
     */
    public void drop(int id) {
        parts.definitions().drop(id);
    }

    /** Closes what clients have not named for too long. */
    public void closeForgotten() {
        long now = parts.clock().steadyMillis();
        leases.forEach((claim, lease) -> {
            if (now - lease.endsAtMillis >= 0) {
                end(claim, lease);
            }
        });
    }
}
