package dev.hypercache.runtime;

import static dev.hypercache.core.op.HoldKind.EXCLUSIVE;
import static dev.hypercache.core.op.HoldKind.LOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.lead.SlotLeader;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.Loaded;
import dev.hypercache.runtime.call.RequestTimeoutException;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.telemetry.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LocalClientHoldTest {

    private final Crew crew = new Crew();
    private final TestNode node = TestNode.patient("holds");
    private final LocalClient client = open(node, "cache");

    @AfterEach
    void stop() {
        crew.close();
        node.close();
    }

    @Test
    void exclusiveHoldsOfOneKeyExcludeEachOther() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int[] unguarded = new int[1];
        crew.together(4, thread -> {
            for (int i = 0; i < 500; i++) {
                Hold hold = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                unguarded[0]++;
                inside.decrementAndGet();
                hold.close();
            }
        });
        assertThat(most).hasValue(1);
        assertThat(unguarded[0]).isEqualTo(2_000);
    }

    @Test
    void readModifyWriteUnderHoldsLosesNoUpdate() {
        client.execute(put("k", 0));
        crew.together(4, thread -> {
            for (int i = 0; i < 300; i++) {
                Hold hold = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
                StoredRecord seen = client.read("k");
                AtVersion increment = new AtVersion(put("k", (int) seen.value() + 1), seen.version());
                Outcome outcome =
                        i % 2 == 0 ? client.execute(increment, hold) : client.executeAndRelease(increment, hold);
                hold.close();
                assertThat(outcome.applied()).isTrue();
            }
        });
        assertThat(client.read("k").value()).isEqualTo(1_200);
    }

    @Test
    void mutationWaitsForTheHolderOfItsKeyAndIsAppliedThen() {
        Hold holder = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
        Future<Outcome> waiting = crew.start(() -> client.execute(put("k", "later")));
        node.awaitWaiting(1);
        assertThat(client.execute(put("k", "holder"), holder).change()).isEqualTo(Change.CREATED);
        assertThat(client.execute(put("other", "free")).applied()).isTrue();
        assertThat(waiting).isNotDone();
        holder.close();
        Outcome outcome = Crew.join(waiting);
        assertThat(outcome.change()).isEqualTo(Change.UPDATED);
        assertThat(outcome.before().value()).isEqualTo("holder");
        assertThat(client.read("k").value()).isEqualTo("later");
    }

    @Test
    void readsAndTheHoldersOwnMutationsDoNotWait() {
        client.execute(put("k", "old"));
        Hold holder = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
        assertThat(Crew.join(crew.start(() -> client.read("k").value()))).isEqualTo("old");
        assertThat(client.execute(put("k", "new")).applied()).isTrue();
        assertThat(client.execute(new Remove("k")).applied()).isTrue();
        holder.close();
    }

    @Test
    void mutationBehindAHolderGivesUpAtTheRequestTimeoutAndLeavesNoTrace() {
        try (TestNode hasty = TestNode.limited("hasty", 20, 60_000)) {
            LocalClient cache = open(hasty, "cache");
            Hold holder = cache.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
            Future<Throwable> waiting = crew.start(() -> {
                try {
                    return new AssertionError(cache.execute(put("k", "late")).toString());
                } catch (RequestTimeoutException e) {
                    return e;
                }
            });
            assertThat(Crew.join(waiting))
                    .isInstanceOf(RequestTimeoutException.class)
                    .hasMessageContaining("'cache'")
                    .hasMessageContaining("20 ms")
                    .hasMessageContaining("not applied")
                    .hasMessageContaining("hypercache.request.timeout");
            assertThat(cache.read("k")).isNull();
            assertThat(cache.execute(put("k", "holder"), holder).applied()).isTrue();
            holder.close();
            Hold next = cache.tryHold("k", EXCLUSIVE);
            assertThat(next.isGranted()).as("nobody is left in the queue").isTrue();
            next.close();
        }
    }

    @Test
    void interruptedWaiterGivesUpAndStaysInterrupted() throws Exception {
        Hold holder = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
        List<Object> seen = new ArrayList<>();
        Thread waiter = new Thread(() -> {
            try {
                seen.add(client.execute(put("k", "late")));
            } catch (RequestTimeoutException e) {
                seen.add(Thread.currentThread().isInterrupted());
            }
        });
        waiter.start();
        node.awaitWaiting(1);
        waiter.interrupt();
        waiter.join();
        holder.close();
        assertThat(seen).containsExactly(true);
        assertThat(client.read("k")).isNull();
    }

    @Test
    void hungHolderLosesTheKeyToThoseWhoWait() throws Exception {
        try (TestNode strict = TestNode.limited("strict", 60_000, 10)) {
            LocalClient cache = open(strict, "cache");
            CountDownLatch wakeUp = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            Future<Outcome> hung = crew.start(() -> {
                Hold hold = cache.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
                held.countDown();
                Crew.pass(wakeUp);
                Outcome late = cache.execute(put("k", "hung"), hold);
                hold.close();
                return late;
            });
            Crew.pass(held);
            Future<Outcome> first = crew.start(() -> cache.execute(put("k", "first")));
            strict.awaitWaiting(1);
            assertThat(first).isNotDone();
            strict.time.advance(10);
            assertThat(Crew.join(first).change()).isEqualTo(Change.CREATED);
            assertThat(strict.counted(MetricName.HOLDS_EXCEEDED)).isEqualTo(1);
            wakeUp.countDown();
            assertThat(Crew.join(hung)).isSameAs(Outcome.holdLost());
            assertThat(cache.read("k").value()).isEqualTo("first");
        }
    }

    @Test
    void holdThatWasGrantedAndBrokenBeforeItsThreadWokeIsLostAndNotBypassed() {
        Hold first = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
        Future<Outcome> sleeper = crew.start(() -> {
            Hold hold = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
            Outcome outcome = client.execute(put("k", "sleeper"), hold);
            hold.close();
            return outcome;
        });
        node.awaitWaiting(1);
        Future<Hold> next = crew.start(() -> client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT));
        node.awaitWaiting(2);
        SlotLeader leader = client.leader("k");
        synchronized (leader) {
            first.close();
            assertThat(leader.breakOverdueHold("k", 0, node.time.millis())).isTrue();
        }
        assertThat(Crew.join(next).isGranted()).isTrue();
        assertThat(Crew.join(sleeper)).isSameAs(Outcome.holdLost());
        assertThat(client.read("k")).isNull();
    }

    @Test
    void loadIsSharedWithThoseWhoMissTheSameKey() {
        Hold loader = client.hold("k", LOAD, RingClient.NO_TIMEOUT);
        List<Future<Object>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(crew.start(() -> {
                Hold hold = client.hold("k", LOAD, RingClient.NO_TIMEOUT);
                assertThat(hold.isGranted()).isFalse();
                hold.close();
                return hold.served();
            }));
        }
        node.awaitWaiting(3);
        loader.release(new Loaded("loaded", null));
        for (Future<Object> waiter : waiting) {
            assertThat(Crew.join(waiter)).isEqualTo(new Loaded("loaded", null));
        }
        assertThat(client.tryHold("k", LOAD).isGranted()).isTrue();
    }

    @Test
    void removalDuringALoadKeepsTheLoadedValueOut() {
        for (Runnable removal :
                List.<Runnable>of(() -> client.execute(new Remove("k")), client::clear, client::scanAndBreakHolds)) {
            Hold loader = client.hold("k", LOAD, RingClient.NO_TIMEOUT);
            Crew.join(crew.start(() -> {
                removal.run();
                return true;
            }));
            assertThat(client.execute(new AtVersion(put("k", "stale"), null), loader))
                    .isSameAs(Outcome.holdLost());
            loader.release(new Loaded("stale", null));
            assertThat(client.read("k")).isNull();
        }
    }

    @Test
    void mutationPastAnotherHolderStillBreaksALoad() {
        Hold loader = client.hold("k", LOAD, RingClient.NO_TIMEOUT);
        Crew.join(crew.start(() -> {
            Hold own = client.hold("own", EXCLUSIVE, RingClient.NO_TIMEOUT);
            Hold refused = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
            assertThat(refused.isGranted()).isFalse();
            client.execute(new Remove("k"), refused);
            refused.close();
            own.close();
            return true;
        }));
        assertThat(client.execute(put("k", "stale"), loader)).isSameAs(Outcome.holdLost());
    }

    @Test
    void holdOfAWriterBreaksALoadAndThatOfAProcessorWaitsForIt() {
        Hold broken = client.hold("k", LOAD, RingClient.NO_TIMEOUT);
        Hold writer = Crew.join(crew.start(() -> client.hold("k", EXCLUSIVE, client.requestTimeoutMillis())));
        assertThat(writer.isGranted()).isTrue();
        assertThat(client.execute(put("k", "stale"), broken)).isSameAs(Outcome.holdLost());
        writer.close();

        Hold load = client.hold("k", LOAD, RingClient.NO_TIMEOUT);
        Future<Hold> processor = crew.start(() -> client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT));
        node.awaitWaiting(1);
        assertThat(client.execute(put("k", "loaded"), load).applied()).isTrue();
        load.close();
        assertThat(Crew.join(processor).isGranted()).isTrue();
    }

    @Test
    void nobodyWaitsForAHoldWhileHoldingOne() {
        crossing(client, client, EXCLUSIVE);
        crossing(client, client, LOAD);
    }

    @Test
    void nobodyWaitsForAHoldWhileHoldingOneOfAnotherCache() {
        crossing(client, open(node, "other"), EXCLUSIVE);
    }

    /** Two threads, each of which holds what the other wants next. */
    private void crossing(RingClient left, RingClient right, HoldKind kind) {
        CyclicBarrier bothHold = new CyclicBarrier(2);
        crew.together(2, thread -> {
            Hold own = (thread == 0 ? left : right).hold("key" + thread, kind, RingClient.NO_TIMEOUT);
            bothHold.await();
            Hold other = (thread == 0 ? right : left).hold("key" + (1 - thread), kind, RingClient.NO_TIMEOUT);
            bothHold.await();
            other.close();
            own.close();
            assertThat(own.isGranted()).isTrue();
            assertThat(other.isGranted()).isFalse();
        });
    }

    @Test
    void tooManyWaitersAreRefusedWithAReason() {
        Hold holder = client.hold("k", EXCLUSIVE, RingClient.NO_TIMEOUT);
        SlotLeader leader = client.leader("k");
        fillQueue(leader);
        Future<Boolean> refused = crew.start(() -> {
            assertThatThrownBy(() -> client.execute(put("k", "one too many")))
                    .isInstanceOf(RequestTimeoutException.class)
                    .hasMessageContaining("10000 operations wait for one key of cache 'cache'")
                    .hasMessageContaining("ask for the key less often");
            return true;
        });
        assertThat(Crew.join(refused)).isTrue();
        assertThat(node.counted(MetricName.HOLDS_REFUSED)).isEqualTo(1);
        holder.close();
    }

    private void fillQueue(SlotLeader leader) {
        boolean room = true;
        while (room) {
            synchronized (leader) {
                room = leader.hold(new LocalHold(client, "k", EXCLUSIVE).ticket(), 0);
            }
        }
    }

    private static LocalClient open(TestNode on, String name) {
        return on.openClient(name, RetentionLimits.unbounded(), true);
    }

    private static Put put(String key, Object value) {
        return new Put(key, value, ExpiryRule.NEVER);
    }
}
