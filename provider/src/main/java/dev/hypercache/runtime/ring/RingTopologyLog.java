package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The log of a ring whose members are fixed, kept in the ring itself: change number n is the entry of key n in a cache that no
 * application sees.
 *
 * <p>Whoever appends stores the entry behind the last one known here if there is none, which the key's leader decides at
 * QUORUM. Nobody stores number n before it has seen n - 1, so the numbers have no gaps. The first change, which founds the ring,
 * is known to every member from the start; without it nobody could ask anybody. Safe for use by any threads.
 */
public final class RingTopologyLog implements TopologyLog {

    /** Ids of applications' caches begin at 1. */
    static final int CACHE = 0;

    private static final int CHANGE_BYTES_MAX = 1 << 20;

    private static final long BARRIER_STEPS_MAX = 100_000;

    private final List<Payload> changes = new ArrayList<>();
    private @Nullable SlotCells cells;
    private @Nullable TopologyListener listener;
    private boolean closed;

    /** @param founding the change that founds the ring */
    public RingTopologyLog(Payload founding) {
        changes.add(founding);
    }

    /** The ring is reachable by these. */
    synchronized void attach(SlotCells ringCells) {
        cells = ringCells;
    }

    @Override
    public synchronized void start(TopologyListener newListener) {
        if (closed || listener != null) {
            throw new IllegalStateException("this topology log was started or closed before: open another.");
        }
        listener = newListener;
    }

    private synchronized long last() {
        return changes.size();
    }

    @Override
    public CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis) {
        if (change.length() > CHANGE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a change has " + change.length() + " bytes: it may have " + CHANGE_BYTES_MAX + ".");
        }
        long last = last();
        if (expectedIndex != last) {
            return CompletableFuture.completedFuture(new AppendOutcome.Conflict(last));
        }
        long index = last + 1;
        Object value = ValueBytes.of(change.toBytes());
        CompletableFuture<AppendOutcome> appended = new CompletableFuture<>();
        CallOptions options = CallOptions.mutation(timeoutMillis);
        request(new PutIfAbsent(keyOf(index), value, ExpiryRule.NEVER), options, new Answer(appended) {
            @Override
            public void performed(Outcome outcome) {
                boolean isMine = outcome.change() == Change.CREATED;
                learn(index, isMine ? change : changeOf(outcome.before()));
                appended.complete(isMine ? new AppendOutcome.Appended(index) : new AppendOutcome.Conflict(index));
            }
        });
        return appended;
    }

    @Override
    public CompletionStage<Long> barrier(long timeoutMillis) {
        CompletableFuture<Long> reached = new CompletableFuture<>();
        look(reached, timeoutMillis, 0);
        return reached;
    }

    /** Asks for the change behind the last one known, until there is none. */
    private void look(CompletableFuture<Long> reached, long timeoutMillis, long step) {
        long last = last();
        if (step >= BARRIER_STEPS_MAX) {
            reached.completeExceptionally(unavailable("the log grows faster than it can be read", false));
            return;
        }
        request(new Get(keyOf(last + 1), ExpiryRule.NEVER), CallOptions.read(timeoutMillis), new Answer(reached) {
            @Override
            public void performed(Outcome outcome) {
                StoredRecord found = outcome.before();
                if (found == null) {
                    reached.complete(last);
                } else {
                    learn(last + 1, changeOf(found));
                    look(reached, timeoutMillis, step + 1);
                }
            }
        });
    }

    /** How requests of this log fail. */
    private abstract static class Answer implements Completion {
        private final CompletableFuture<?> asked;

        Answer(CompletableFuture<?> asked) {
            this.asked = asked;
        }

        @Override
        public void failed(String reason) {
            asked.completeExceptionally(unavailable(reason, false));
        }

        @Override
        public void indeterminate(@Nullable OpToken token, String reason) {
            asked.completeExceptionally(unavailable(reason, true));
        }
    }

    private void request(EntryOp op, CallOptions options, Answer answer) {
        SlotCells ring;
        synchronized (this) {
            ring = closed ? null : cells;
        }
        if (ring == null) {
            answer.failed("the topology log of this member is not open");
            return;
        }
        SlotCell cell = ring.cell(0); // One slot for all, so that an answer may ask on under the same guard.
        cell.request(answer, (coordinator, now) -> coordinator.execute(cell.slot(), CACHE, op, options, answer, now));
    }

    private void learn(long index, Payload change) {
        TopologyListener told;
        synchronized (this) {
            if (index != changes.size() + 1) {
                return; // Learnt by another call meanwhile.
            }
            changes.add(change);
            told = closed ? null : listener;
        }
        if (told != null) {
            told.onAdvanced(index);
        }
    }

    private static KeyBytes keyOf(long index) {
        return KeyBytes.of(CACHE, ByteBuffer.allocate(Long.BYTES).putLong(index).array());
    }

    private static Payload changeOf(@Nullable StoredRecord found) {
        if (found == null || !(found.value() instanceof ValueBytes bytes)) {
            throw new IllegalStateException("the ring's own log holds " + found + " where a change should be");
        }
        return bytes.payload();
    }

    private static TopologyUnavailableException unavailable(String reason, boolean maybeAppended) {
        return new TopologyUnavailableException(
                "The ring did not answer for its topology log: " + reason + ".", maybeAppended, null);
    }

    @Override
    public synchronized TopologyPage read(long fromIndex, int changesMax) {
        List<TopologyChange> page = new ArrayList<>();
        for (long index = fromIndex; index <= changes.size() && page.size() < changesMax; index++) {
            page.add(new TopologyChange(index, changes.get((int) index - 1)));
        }
        return new TopologyPage(null, page);
    }

    /** Changes are few and small while members are fixed: all are kept. */
    @Override
    public void checkpoint(long index, Payload state) {}

    @Override
    public synchronized void close() {
        closed = true;
    }
}
