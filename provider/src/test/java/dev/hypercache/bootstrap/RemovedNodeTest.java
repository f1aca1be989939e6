package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.jcache.HyperCachingProvider;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that the ring removes, over sockets: nobody sends the topology log to who is no member any more. */
@Timeout(180)
final class RemovedNodeTest {

    private final Faults faults = Faults.of(FaultPlan.seeded(42).build());
    private final List<HyperCachingProvider> providers = new ArrayList<>();
    private final List<CacheManager> managers = new ArrayList<>();

    @AfterEach
    void close() {
        faults.calm();
        providers.forEach(HyperCachingProvider::close);
    }

    private List<Cache<String, String>> start(List<String> seeds, String leaveTimeout) throws Exception {
        List<CompletableFuture<Cache<String, String>>> starting = new ArrayList<>();
        for (String bind : seeds) {
            HyperCachingProvider provider = new HyperCachingProvider(new NodeAssembler(faults::around));
            providers.add(provider);
            CacheManager manager = SocketManagers.get(
                    provider,
                    bind,
                    seeds,
                    "hypercache.node.name",
                    "n" + providers.size(),
                    "hypercache.leave.timeout",
                    leaveTimeout);
            managers.add(manager);
            starting.add(Aside.supply(() -> manager.createCache("books", new MutableConfiguration<>())));
        }
        List<Cache<String, String>> caches = new ArrayList<>();
        for (CompletableFuture<Cache<String, String>> one : starting) {
            caches.add(one.get(60, TimeUnit.SECONDS));
        }
        return caches;
    }

    @Test
    void whoWasRemovedWhileItHeardNothingEndsOnceItIsHeardAgain() throws Exception {
        List<String> seeds = SocketManagers.addresses(3);
        List<Cache<String, String>> caches = start(seeds, "0s");
        caches.get(2).put("k", "v");
        faults.isolate("n3");
        managers.get(0).unwrap(RingOperations.class).remove("n3", true);
        assertThat(SocketManagers.cardAt(seeds.get(2))).isNotNull();

        faults.calm();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(SocketManagers.cardAt(seeds.get(2))).isNull());
        assertThat(caches.get(0).get("k")).isEqualTo("v");
    }

    @Test
    void oneOfTwoLeavesAsSoonAsItHasHandedOverEverything() throws Exception {
        List<Cache<String, String>> caches = start(SocketManagers.addresses(2), "60s");
        for (int i = 0; i < 100; i++) {
            caches.get(i % 2).put("k" + i, "v" + i);
        }
        long startedNanos = System.nanoTime();

        providers.get(1).close();

        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(30));
        for (int i = 0; i < 100; i++) {
            assertThat(caches.get(0).get("k" + i)).isEqualTo("v" + i);
        }
    }
}
