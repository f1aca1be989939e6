package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.runtime.call.FencingToken;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.local.LocalNetwork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of entries whose writer went ahead while the ring could not follow, and how writers are ordered. */
@Timeout(120)
final class WrittenNotAppliedTest {

    private final Faults faults = Faults.of(FaultPlan.seeded(11).build());
    private final LocalRing ring = start();
    private final Store store = new Store();

    private LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.request.timeout", "2s");
        LocalNetwork network = new LocalNetwork();
        return LocalRing.of(3, properties, network, faults.around(network));
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private Cache<String, String> create(int node) {
        return ring.manager(node)
                .createCache(
                        "books",
                        new MutableConfiguration<String, String>()
                                .setTypes(String.class, String.class)
                                .setWriteThrough(true)
                                .setCacheWriterFactory(new FactoryBuilder.SingletonFactory<>(store)));
    }

    /** A store that may cut its node off once it has something. */
    private final class Store implements CacheWriter<String, String> {
        private final Map<String, String> written = new ConcurrentHashMap<>();
        private final List<FencingToken> tokens = new CopyOnWriteArrayList<>();
        private volatile boolean cuts;

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            written.put(entry.getKey(), entry.getValue());
            tokens.add(entry.unwrap(FencingToken.class));
            if (cuts) {
                faults.isolate("n1");
            }
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.forEach(this::write);
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            written.remove(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
            keys.clear();
        }
    }

    @Test
    void whatWasWrittenAndNotAppliedIsForgottenOnTheFirstContact() {
        Cache<String, String> cache = create(0);
        Cache<String, String> other = create(1);
        cache.put("k", "old");
        store.cuts = true;
        assertThatThrownBy(() -> cache.put("k", "new")).isInstanceOf(CacheException.class);
        assertThat(store.written).containsEntry("k", "new");
        store.cuts = false;

        faults.heal();
        await().atMost(30, TimeUnit.SECONDS).ignoreExceptions().until(() -> other.get("k") == null);
        await().ignoreExceptions().untilAsserted(() -> {
            cache.put("k", "newer");
            assertThat(other.get("k")).isEqualTo("newer");
        });
    }

    @Test
    void batchThatWasWrittenAndNotAppliedIsForgotten() {
        Cache<String, String> cache = create(0);
        Cache<String, String> other = create(1);
        cache.putAll(Map.of("a", "old", "b", "old"));
        store.cuts = true;
        assertThatThrownBy(() -> cache.putAll(Map.of("a", "new", "b", "new"))).isInstanceOf(CacheException.class);
        store.cuts = false;

        faults.heal();
        await().atMost(30, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(() -> other.get("a") == null && other.get("b") == null);
    }

    @Test
    void laterWritersOfAKeyHaveGreaterTokens() {
        Cache<String, String> one = create(0);
        Cache<String, String> two = create(1);
        for (int i = 0; i < 20; i++) {
            (i % 2 == 0 ? one : two).put("k", "text" + i);
        }
        one.remove("k");
        ring.kill(2);
        for (int i = 0; i < 20; i++) {
            Cache<String, String> cache = i % 2 == 0 ? two : one;
            String text = "later" + i;
            await().ignoreExceptions().untilAsserted(() -> {
                cache.put("k", text);
                assertThat(one.get("k")).isEqualTo(text);
            });
        }
        assertThat(store.tokens)
                .hasSizeGreaterThanOrEqualTo(40)
                .doesNotHaveDuplicates()
                .isSorted();
    }
}
