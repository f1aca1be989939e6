package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.CacheDefinition;
import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DefineCache;
import dev.hypercache.core.control.DropCache;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyLog;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * This node's view of what the ring agreed on, and the way to change it.
 *
 * <p>Reads its topology log when it is asked something that may have changed. Changes are rare (a cache is created or
 * destroyed), so their callers wait. Safe for use by any threads.
 */
final class ControlPlane {

    /** How often a change is put forward anew because others were faster. */
    private static final int ATTEMPTS_MAX = 256;

    /** What a definition says of who orders the cache's writes; leaders do where it says nothing. */
    private static final String ORDER = "order";

    private static final String UNORDERED = "none";

    private static final int PAGE = 512;

    private final TopologyLog log;
    private final long timeoutMillis;
    private final ControlMachine machine = new ControlMachine();

    ControlPlane(TopologyLog log, long timeoutMillis) {
        this.log = log;
        this.timeoutMillis = timeoutMillis;
    }

    /** Begins to take part in the log, and reads what the ring agreed on so far. */
    synchronized void start() {
        log.start(index -> {});
        catchUp();
    }

    private void catchUp() {
        long known;
        do {
            known = machine.index();
            machine.feed(log.read(known + 1, PAGE));
        } while (machine.index() > known);
    }

    /** What is agreed, as far as known here. */
    synchronized ControlState state() {
        return machine.state();
    }

    /**
     * The id of a cache; defines it if no node has done so.
     *
     * @param ordered whether leaders order its writes
     * @throws CacheException if the ring cannot agree on it now, or other nodes say otherwise of its order
     */
    synchronized int define(String name, boolean ordered) {
        SortedMap<String, String> attributes = new TreeMap<>();
        if (!ordered) {
            attributes.put(ORDER, UNORDERED);
        }
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            catchUp();
            CacheDefinition known = machine.cache(name);
            if (known != null) {
                requireOrder(name, known, ordered);
                return known.id();
            }
            propose("cache '" + name + "' cannot be created", new DefineCache(name, attributes, Payload.EMPTY));
        }
        throw new CacheException("cache '" + name + "' cannot be created: other nodes changed the ring's definitions "
                + ATTEMPTS_MAX + " times meanwhile, or it holds as many caches as it may; destroy caches or try again");
    }

    private static void requireOrder(String name, CacheDefinition known, boolean ordered) {
        boolean isOrdered = !UNORDERED.equals(known.attributes().get(ORDER));
        if (isOrdered != ordered) {
            throw new CacheException("cache '" + name + "' exists on the ring "
                    + (isOrdered ? "with its writes ordered" : "with consistency.write=ONE")
                    + ", and versions of two orders cannot be compared; set consistency.write to "
                    + (isOrdered ? "QUORUM or ALL" : "ONE") + " on this node, or destroy the cache first");
        }
    }

    /** Ends a cache for all nodes; its id is never used again. */
    synchronized void drop(int id) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            catchUp();
            if (machine.cache(id) == null) {
                return;
            }
            propose("a cache cannot be destroyed", new DropCache(id));
        }
    }

    private void propose(String what, ControlCommand command) {
        Payload change = new ControlChange(UUID.randomUUID(), command).encode();
        Exception cause;
        try {
            AppendOutcome unused = log.append(machine.index(), change, timeoutMillis)
                    .toCompletableFuture()
                    .get(timeoutMillis, TimeUnit.MILLISECONDS);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cause = e;
        } catch (ExecutionException | TimeoutException e) {
            cause = e;
        }
        throw failure(what, cause);
    }

    private static CacheException failure(String what, @Nullable Throwable cause) {
        return new CacheException(
                what + ": the ring's topology log did not take the change; see whether a majority of it can be reached",
                cause);
    }

    void close() {
        log.close();
    }
}
