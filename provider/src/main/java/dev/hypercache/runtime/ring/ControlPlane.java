package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.Applied;
import dev.hypercache.core.control.CacheCatalog;
import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
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

    private static final int PAGE = 512;

    private final TopologyLog log;
    private final long timeoutMillis;
    private final ControlMachine machine = new ControlMachine();
    private volatile @Nullable Consumer<CacheCatalog> follower;

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
        CacheCatalog before = machine.state().caches();
        long known;
        do {
            known = machine.index();
            machine.feed(log.read(known + 1, PAGE));
        } while (machine.index() > known);
        notifyAll();
        CacheCatalog caches = machine.state().caches();
        Consumer<CacheCatalog> told = follower;
        if (told != null && caches != before) {
            told.accept(caches);
        }
    }

    /** From now on somebody is told of caches that change. It must not ask back here, and returns at once. */
    void follow(Consumer<CacheCatalog> cachesChanged) {
        follower = cachesChanged;
    }

    /** What is agreed, as far as known here. */
    synchronized ControlState state() {
        return machine.state();
    }

    /**
     * What is agreed, with all that was agreed on before the call.
     *
     * @throws RequestFailedException if the ring does not say what it agreed on
     */
    ControlState confirmed() {
        try {
            long unused = log.barrier(timeoutMillis).toCompletableFuture().get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered();
        } catch (ExecutionException | TimeoutException e) {
            throw unanswered();
        }
        catchUp();
        return state();
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
     * @param next the change that a state needs; null if it needs none. It may throw if what is wanted cannot be had
     * @return the state that needs none
     * @throws RingSilentException if the ring cannot agree on it now
     * @throws CacheException if a change breaks its rules
     */
    ControlState agree(String what, Function<ControlState, @Nullable ControlCommand> next) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            catchUp();
            ControlState state = state();
            ControlCommand command = next.apply(state);
            if (command == null) {
                return state;
            }
            requireFit(what, state, command);
            propose(what, state, command);
        }
        throw new CacheException(
                what + ": the ring was changed by others " + ATTEMPTS_MAX + " times meanwhile; try again");
    }

    /** A change that does not fit would be a change that does nothing, at every member alike. */
    private static void requireFit(String what, ControlState state, ControlCommand command) {
        Applied outcome = state.apply(command);
        if (!outcome.refusals().isEmpty()) {
            throw new CacheException(what + ": " + outcome.refusals().get(0).detail());
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

    /**
     * What the ring agreed on after a change, for somebody who takes no part in the log.
     *
     * @param after the last change that is known there, 0 if none is
     */
    TopologyPage page(long after) {
        return after == 0 ? new TopologyPage(summary(), List.of()) : log.read(after + 1, PAGE);
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

    private void propose(String what, ControlState known, ControlCommand command) {
        Payload change = new ControlChange(UUID.randomUUID(), command).encode();
        Exception cause;
        try {
            AppendOutcome outcome = log.append(known.index(), change, timeoutMillis)
                    .toCompletableFuture()
                    .get(timeoutMillis, TimeUnit.MILLISECONDS);
            if (outcome instanceof AppendOutcome.Conflict conflict) {
                awaitIndex(conflict.lastIndex());
            }
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cause = e;
        } catch (ExecutionException | TimeoutException e) {
            cause = e;
        }
        throw failure(what, cause);
    }

    /** Waits until this node has read what others were faster with: before, whatever it puts forward comes too late. */
    private synchronized void awaitIndex(long index) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        catchUp();
        for (long left = timeoutMillis; machine.index() < index && left > 0; left = millisUntil(end)) {
            wait(left);
        }
    }

    private static long millisUntil(long endNanos) {
        return TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    }

    private static CacheException failure(String what, Exception cause) {
        return new RingSilentException(
                what + ": the ring's topology log did not take the change; see whether a majority of it can be reached",
                cause);
    }

    void close() {
        log.close();
    }
}
