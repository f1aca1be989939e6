package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.ring.ClientNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The caches that an application has open at a client, which go on in another ring. The application calls each by the id that it was
 * given first; what the ring calls it is looked up here. Bounded by what the application opens. Safe for use by any threads.
 */
final class ClientHandles {

    private final List<Use> uses = new ArrayList<>();
    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    /** The ring's id of each id that was given out; replaced when it changes. */
    private volatile Map<Integer, Integer> current = Map.of();

    /** Somebody asked for a cache and has not given it back. */
    private record Use(String cache, int id, CacheTraits traits) {}

    /** A cache that is open. */
    private static final class Open {
        final CacheSpec spec;
        volatile MovingClient.Target target;

        Open(CacheSpec spec, ClientNode node, int id) {
            this.spec = spec;
            this.target = openedAt(node, id, spec);
        }

        static MovingClient.Target openedAt(ClientNode node, int id, CacheSpec spec) {
            CacheSpec there = new CacheSpec(
                    spec.name(), id, spec.equality(), spec.weigher(), spec.limits(), spec.eternal(), spec.observer());
            return new MovingClient.Target(node.openCache(there), id);
        }

        void moveTo(ClientNode node, int id) {
            target = openedAt(node, id, spec);
        }
    }

    /** Joins a cache, and gives out what it is called here. */
    synchronized int join(Supplier<ClientNode> node, String cache, CacheTraits traits) {
        int ringId = node.get().ringId(cache, traits);
        int id = idOf(ringId);
        Map<Integer, Integer> more = new HashMap<>(current);
        more.put(id, ringId);
        current = Map.copyOf(more);
        uses.add(new Use(cache, id, traits));
        return id;
    }

    /** What is given out for an id of the ring: that itself, unless another cache was given it before the ring was started anew. */
    private int idOf(int ringId) {
        for (Map.Entry<Integer, Integer> known : current.entrySet()) {
            if (known.getValue() == ringId) {
                return known.getKey();
            }
        }
        int free = ringId;
        while (current.containsKey(free)) {
            free++;
        }
        return free;
    }

    /** What the ring calls a cache now. */
    int currentId(int id) {
        return current.getOrDefault(id, id);
    }

    /** A cache is given back. */
    synchronized void quit(ClientNode node, int id, CacheTraits traits) {
        int ringId = currentId(id);
        for (int i = 0; i < uses.size(); i++) {
            Use use = uses.get(i);
            if (use.id() == id && use.traits().equals(traits)) {
                uses.remove(i);
                break;
            }
        }
        if (uses.stream().noneMatch(use -> use.id() == id)) {
            Map<Integer, Integer> fewer = new HashMap<>(current);
            fewer.remove(id);
            current = Map.copyOf(fewer);
        }
        node.quit(ringId, traits);
    }

    synchronized RingClient open(Supplier<ClientNode> node, CacheSpec spec) {
        Open opened = new Open(spec, node.get(), currentId(spec.id()));
        open.add(opened);
        return new MovingClient(() -> opened.target, () -> open.remove(opened));
    }

    /**
     * All caches go on at another node.
     *
     * @throws javax.cache.CacheException if one of them cannot be had there; then all stay where they are
     */
    synchronized void moveTo(ClientNode node) {
        Map<Integer, Integer> moved = new HashMap<>();
        for (Use use : uses) {
            moved.put(use.id(), node.ringId(use.cache(), use.traits()));
        }
        current = Map.copyOf(moved);
        open.forEach(one -> one.moveTo(node, currentId(one.spec.id())));
    }
}
