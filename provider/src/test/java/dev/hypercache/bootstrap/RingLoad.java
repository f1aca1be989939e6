package dev.hypercache.bootstrap;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.Answer;
import dev.hypercache.sim.check.HistoryRecorder;
import dev.hypercache.sim.check.Invocation;
import dev.hypercache.spi.storage.RetentionLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work on a few keys through several nodes of a ring, and write down what they asked and what they saw.
 *
 * <p>Each value is written once, so a value tells which write it is from. A thread whose node dies ends.
 */
final class RingLoad {

    private final LocalRing ring;
    private final int keys;
    private final long seed;
    private final HistoryRecorder recorder = new HistoryRecorder();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger values = new AtomicInteger();
    private final AtomicInteger indeterminate = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private int clearsPerThousand;
    private final List<Throwable> surprises = new ArrayList<>();

    RingLoad(LocalRing ring, int keys, long seed) {
        this.ring = ring;
        this.keys = keys;
        this.seed = seed;
    }

    /** So many of a thousand operations are clears of the cache. */
    RingLoad clearing(int perThousand) {
        clearsPerThousand = perThousand;
        return this;
    }

    /** Starts threads on every node, each of which performs some operations. */
    void start(int threadsPerNode, int operations) {
        for (int i = 0; i < threadsPerNode * ring.size(); i++) {
            int client = i;
            Thread thread = new Thread(() -> work(client, operations), "load-" + client);
            threads.add(thread);
            thread.start();
        }
    }

    /** How many operations have ended. */
    int done() {
        return done.get();
    }

    /** How many of them ended without anybody knowing what became of them. */
    int indeterminate() {
        return indeterminate.get();
    }

    /** Waits for all threads; what they saw. */
    List<Invocation> finish() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            if (thread.isAlive()) {
                throw new AssertionError(thread.getName() + " still waits");
            }
        }
        if (!surprises.isEmpty()) {
            throw new AssertionError("a thread failed", surprises.get(0));
        }
        return recorder.history();
    }

    static RingClient client(MemberNode node, String cache) {
        return node.openCache(new CacheSpec(
                cache,
                node.ringId(cache, CacheTraits.ORDERED),
                Object::equals,
                (key, value) -> 1,
                new RetentionLimits(RetentionLimits.UNBOUNDED, RetentionLimits.UNBOUNDED),
                true,
                new Nobody()));
    }

    private void work(int client, int operations) {
        try {
            MemberNode node = ring.node(client % ring.size());
            int cache = node.ringId("load", CacheTraits.ORDERED);
            RingClient cached = client(node, "load");
            Random random = new Random(seed * 1_000 + client);
            for (int i = 0; i < operations; i++) {
                Object key = KeyBytes.of(cache, new byte[] {(byte) random.nextInt(keys)});
                boolean clears = clearsPerThousand > random.nextInt(1_000);
                if (!(clears ? clear(client, cached) : perform(client, cached, next(random, key)))) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            synchronized (surprises) {
                surprises.add(e);
            }
        }
    }

    private ValueBytes value() {
        return ValueBytes.of(("v" + values.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
    }

    private EntryOp next(Random random, Object key) {
        switch (random.nextInt(10)) {
            case 0:
                return new PutIfAbsent(key, value(), ExpiryRule.NEVER);
            case 1:
                return new Replace(key, value(), ExpiryRule.NEVER);
            case 2:
                return new Remove(key);
            case 3:
                return new ReplaceIfEqual(key, value(), value(), ExpiryRule.NEVER);
            case 4:
                return new RemoveIfEqual(key, value(), ExpiryRule.NEVER);
            case 5:
            case 6:
            case 7:
                return new Put(key, value(), ExpiryRule.NEVER);
            default:
                return new Get(key, ExpiryRule.NEVER);
        }
    }

    /** False if the node is gone. */
    private boolean perform(int client, RingClient cached, EntryOp op) {
        return record(begin(client, Action.of(op)), () -> Answer.of(cached.execute(op)));
    }

    private boolean clear(int client, RingClient cached) {
        return record(begin(client, new Action.Clear()), () -> {
            cached.clear();
            return Answer.Bare.CLEARED;
        });
    }

    private boolean record(long invocation, Supplier<Answer> call) {
        Answer answer;
        boolean goesOn = true;
        try {
            answer = call.get();
        } catch (IndeterminateResultException e) {
            indeterminate.incrementAndGet();
            answer = Answer.Bare.INDETERMINATE;
            goesOn = !e.known().equals("the node was closed");
        } catch (RequestFailedException e) {
            answer = Answer.Bare.FAILED;
            goesOn = !e.code().equals("CLOSED");
        }
        end(invocation, answer);
        done.incrementAndGet();
        return goesOn;
    }

    private long begin(int client, Action action) {
        synchronized (recorder) {
            return recorder.begin(client, action);
        }
    }

    private void end(long invocation, Answer answer) {
        synchronized (recorder) {
            recorder.end(invocation, answer);
        }
    }

    /** Outcomes are all that the load looks at. */
    private static final class Nobody implements ChangeObserver {
        @Override
        public void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {}

        @Override
        public void settle() {}
    }
}
