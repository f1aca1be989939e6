package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RequestTimeoutException;
import dev.hypercache.sim.check.LinearizabilityChecker;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.fault.LinkFaults;
import dev.hypercache.transport.local.LocalNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers of a ring of three see while a node dies or messages get lost, with real threads. */
@Timeout(120)
final class RingUnderFaultsTest {

    private final LocalNetwork network = new LocalNetwork();
    private final Faults faults = Faults.of(FaultPlan.seeded(42).build());

    private LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        return LocalRing.of(3, properties, network, faults.around(network));
    }

    @Test
    void historyIsLinearizableWithoutFaults() throws Exception {
        try (LocalRing ring = start()) {
            RingLoad load = new RingLoad(ring, 8, 1);
            load.start(3, 300);
            assertThat(new LinearizabilityChecker().check(load.finish())).isEmpty();
            assertThat(load.indeterminate()).isZero();
        }
    }

    @Test
    void noAcknowledgedWriteIsLostWhenALeaderDies() throws Exception {
        try (LocalRing ring = start()) {
            RingLoad load = new RingLoad(ring, 8, 2);
            load.start(3, 300);
            await().atMost(Duration.ofSeconds(30)).until(() -> load.done() > 900);
            ring.kill(0);
            assertThat(new LinearizabilityChecker().check(load.finish())).isEmpty();
            assertThat(load.done()).isGreaterThan(1_800);
        }
    }

    @Test
    void historyIsLinearizableWhenOneMessageInTenIsLost() throws Exception {
        try (LocalRing ring = start()) {
            faults.everywhere(LinkFaults.NONE.dropping(0.1));
            RingLoad load = new RingLoad(ring, 8, 3);
            load.start(2, 100);
            assertThat(new LinearizabilityChecker().check(load.finish())).isEmpty();
            faults.calm();
        }
    }

    @Test
    void everyAcknowledgedIncrementIsCountedWhenALeaderDies() throws Exception {
        try (LocalRing ring = start()) {
            List<Cache<String, Integer>> caches = new ArrayList<>();
            for (int node = 0; node < ring.size(); node++) {
                caches.add(ring.manager(node)
                        .createCache(
                                "counters",
                                new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class)));
            }
            AtomicInteger acknowledged = new AtomicInteger();
            AtomicInteger unknown = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Cache<String, Integer> cache = caches.get(1 + i % 2);
                Thread thread = new Thread(() -> count(cache, acknowledged, unknown));
                threads.add(thread);
                thread.start();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.get() > 200);
            ring.kill(0);
            for (Thread thread : threads) {
                thread.join();
            }
            int counted = 0;
            for (int key = 0; key < 16; key++) {
                Integer value = caches.get(1).get("counter" + key);
                counted += value == null ? 0 : value;
            }
            assertThat(counted).isBetween(acknowledged.get(), acknowledged.get() + unknown.get());
            assertThat(acknowledged.get() + unknown.get()).isGreaterThan(700);
        }
    }

    @Test
    void holderThatDiesIsNotWaitedForLong() throws Exception {
        try (LocalRing ring = start()) {
            MutableConfiguration<String, String> strings =
                    new MutableConfiguration<String, String>().setTypes(String.class, String.class);
            Cache<String, String> doomed = ring.manager(2).createCache("held", strings);
            Cache<String, String> other = ring.manager(0).createCache("held", strings);
            CountDownLatch holding = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Thread holder = new Thread(() -> catchThrowable(() -> doomed.invoke("k", (entry, arguments) -> {
                holding.countDown();
                awaitUninterrupted(end);
                entry.setValue("of the dead");
                return null;
            })));
            holder.start();
            holding.await();
            ring.kill(2);
            // Its slot may need a new leader first, which gives holders time to come back.
            String seen = other.invoke("k", (entry, arguments) -> {
                entry.setValue("of the living");
                return entry.getValue();
            });
            assertThat(seen).isEqualTo("of the living");
            end.countDown();
            holder.join(Duration.ofSeconds(4).toMillis());
            assertThat(holder.isAlive()).as("its caller is told at once").isFalse();
            assertThat(other.get("k")).isEqualTo("of the living");
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nodeThatLeavesHandsItsSlotsOver() throws Exception {
        try (LocalRing ring = start()) {
            RingLoad load = new RingLoad(ring, 8, 5);
            load.start(2, 200);
            await().atMost(Duration.ofSeconds(30)).until(() -> load.done() > 300);
            long startedNanos = System.nanoTime();
            ring.leave(2);
            assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(5));
            assertThat(new LinearizabilityChecker().check(load.finish())).isEmpty();
            assertThat(load.done()).isGreaterThan(800);
        }
    }

    private static void count(Cache<String, Integer> cache, AtomicInteger acknowledged, AtomicInteger unknown) {
        for (int i = 0; i < 200; i++) {
            try {
                cache.invoke("counter" + i % 16, (entry, arguments) -> {
                    entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                    return null;
                });
                acknowledged.incrementAndGet();
            } catch (IndeterminateResultException e) {
                unknown.incrementAndGet();
            } catch (RequestFailedException | RequestTimeoutException e) {
                assertThat(e).hasMessageContaining("not applied");
            }
        }
    }

    @Test
    void minorityFailsFastAndServesAgainAfterHealing() {
        try (LocalRing ring = start()) {
            Cache<String, String> alone = ring.manager(0)
                    .createCache(
                            "books", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
            alone.put("k", "before");
            faults.isolate("n1");
            await().atMost(Duration.ofSeconds(20)).until(() -> fails(alone));
            long startedNanos = System.nanoTime();
            assertThat(fails(alone)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(2));
            faults.heal();
            await().atMost(Duration.ofSeconds(20)).until(() -> !fails(alone));
        }
    }

    private static boolean fails(Cache<String, String> cache) {
        try {
            cache.put("k", "value");
            return false;
        } catch (RequestFailedException | IndeterminateResultException e) {
            return true;
        }
    }
}
