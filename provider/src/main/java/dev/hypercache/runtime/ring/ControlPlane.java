package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.CacheDefinition;
import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DefineCache;
import dev.hypercache.core.control.DropCache;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
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

    /** Whether the cache writes through to a store of its application; it does not where a definition says nothing. */
    private static final String WRITES = "writes";

    private static final String THROUGH = "through";

    private static final int PAGE = 512;

    private final TopologyLog log;
    private final long timeoutMillis;
    private final ControlMachine machine = new ControlMachine();

    ControlPlane(TopologyLog log, long timeoutMillis) {
        this.log = log;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Begins to take part in the log, and reads what the ring agreed on so far.
     *
     * @param advanced told that there is more to be read; on any thread, and returns at once
     */
    void start(Runnable advanced) {
        log.start(index -> advanced.run());
        catchUp();
    }

    /** Reads on, as far as the log is known at this node. */
    synchronized void catchUp() {
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
     * @throws CacheException if the ring cannot agree on it now, or other nodes say otherwise of its order
     */
    int define(String name, CacheTraits traits) {
        SortedMap<String, String> attributes = new TreeMap<>();
        if (!traits.ordered()) {
            attributes.put(ORDER, UNORDERED);
        }
        if (traits.writesThrough()) {
            attributes.put(WRITES, THROUGH);
        }
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            catchUp();
            CacheDefinition known = state().caches().cache(name);
            if (known != null) {
                requireOrder(name, known, traits.ordered());
                return known.id();
            }
            propose("cache '" + name + "' cannot be created", new DefineCache(name, attributes, Payload.EMPTY));
        }
        throw new CacheException("cache '" + name + "' cannot be created: other nodes changed the ring's definitions "
                + ATTEMPTS_MAX + " times meanwhile, or it holds as many caches as it may; destroy caches or try again");
    }

    private static void requireOrder(String name, CacheDefinition known, boolean ordered) {
        boolean isOrdered = traitsOf(known).ordered();
        if (isOrdered != ordered) {
            throw new CacheException("cache '" + name + "' exists on the ring "
                    + (isOrdered ? "with its writes ordered" : "with consistency.write=ONE")
                    + ", and versions of two orders cannot be compared; set consistency.write to "
                    + (isOrdered ? "QUORUM or ALL" : "ONE") + " on this node, or destroy the cache first");
        }
    }

    private static CacheTraits traitsOf(CacheDefinition definition) {
        return new CacheTraits(
                !UNORDERED.equals(definition.attributes().get(ORDER)),
                THROUGH.equals(definition.attributes().get(WRITES)));
    }

    /**
     * The caches of the ring by ascending id, with all that was agreed on before the call.
     *
     * @throws RequestFailedException if the ring does not say what it agreed on
     */
    List<DefinedCache> definedCaches() {
        try {
            long unused = log.barrier(timeoutMillis).toCompletableFuture().get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered();
        } catch (ExecutionException | TimeoutException e) {
            throw unanswered();
        }
        catchUp();
        return state().caches().caches().stream()
                .map(cache -> new DefinedCache(cache.name(), cache.id(), traitsOf(cache)))
                .toList();
    }

    private static RequestFailedException unanswered() {
        return new RequestFailedException(
                "REQUEST_FAILED",
                "the ring did not say which caches it has; see whether a majority of it can be reached");
    }

    /**
     * Puts changes forward until there is nothing left to change.
     *
     * @param what what fails if the ring does not agree
     * @param next the change that a state needs; null if it needs none
     * @throws CacheException if the ring cannot agree on it now
     */
    ControlState agree(String what, Function<ControlState, @Nullable ControlCommand> next) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            catchUp();
            ControlState state = state();
            ControlCommand command = next.apply(state);
            if (command == null) {
                return state;
            }
            propose(what, command);
        }
        throw new CacheException(
                what + ": the ring was changed by others " + ATTEMPTS_MAX + " times meanwhile; try again");
    }

    /** Ends a cache for all nodes; its id is never used again. */
    void drop(int id) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            catchUp();
            if (state().caches().cache(id) == null) {
                return;
            }
            propose("a cache cannot be destroyed", new DropCache(id));
        }
    }

    /**
     * Puts a change forward without waiting: it is in the log later, or never.
     *
     * @param known the state that the change was made for; if the log has moved on, it is not taken
     */
    CompletionStage<AppendOutcome> offer(ControlState known, ControlCommand command) {
        Payload change = new ControlChange(UUID.randomUUID(), command).encode();
        return log.append(known.index(), change, timeoutMillis);
    }

    /** All that is agreed, as far as known here, as bytes: for a log that forgets what came before, and for a node that joins. */
    synchronized TopologyPage.Checkpoint summary() {
        return new TopologyPage.Checkpoint(machine.index(), machine.snapshot());
    }

    /** Lets the log forget the changes that this node has followed. */
    void checkpoint() {
        TopologyPage.Checkpoint summary = summary();
        log.checkpoint(summary.index(), summary.state());
    }

    /** Somebody spoke of a change that is not known here. */
    void behind() {
        log.refresh();
    }

    private void propose(String what, ControlCommand command) {
        Payload change = new ControlChange(UUID.randomUUID(), command).encode();
        Exception cause;
        try {
            AppendOutcome unused = log.append(state().index(), change, timeoutMillis)
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
