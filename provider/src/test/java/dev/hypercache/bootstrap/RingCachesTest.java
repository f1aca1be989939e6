package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.NamedCache;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node without an application knows of the caches of others. */
final class RingCachesTest {

    private final LocalRing ring = LocalRing.of(3, settings());
    private final RingCaches caches = new RingCaches(ring.node(2));

    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("hypercache.ring.slots", "16");
        settings.setProperty("hypercache.cache.loose.consistency.write", "ONE");
        settings.setProperty("hypercache.cache.safe.consistency.write", "ALL");
        settings.setProperty("hypercache.request.timeout", "2s");
        return settings;
    }

    @AfterEach
    void close() {
        caches.close();
        ring.close();
    }

    private Cache<String, String> create(int node, String name) {
        return ring.manager(node).createCache(name, new MutableConfiguration<>());
    }

    private NamedCache found(String name) {
        return Objects.requireNonNull(caches.find(name), name);
    }

    @Test
    void cacheOfAnotherNodeIsFoundAndIsTheSame() {
        assertThat(caches.find("books")).isNull();
        Cache<String, String> books = create(0, "books");
        books.put("faust", "Goethe");

        assertThat(found("books").get("faust", null)).isEqualTo("Goethe");
        found("books").put("moby", "Melville", null, NamedCache.LIFE_OF_POLICY);
        assertThat(books.get("moby")).isEqualTo("Melville");
        assertThat(caches.find("ooks")).isNull();
    }

    @Test
    void cacheThatNobodyOrdersIsFound() {
        Cache<String, String> loose = create(0, "loose");
        found("loose").put("faust", "Goethe", null, NamedCache.LIFE_OF_POLICY);
        await().untilAsserted(() -> assertThat(loose.get("faust")).isEqualTo("Goethe"));
    }

    @Test
    void cacheThatWasDestroyedIsFoundNoMoreAndTheNextOfItsNameIs() {
        create(0, "books").put("faust", "Goethe");
        assertThat(found("books").get("faust", null)).isEqualTo("Goethe");
        ring.manager(0).destroyCache("books");
        await().untilAsserted(() -> assertThat(caches.find("books")).isNull());

        create(1, "books").put("faust", "Marlowe");
        assertThat(found("books").get("faust", null)).isEqualTo("Marlowe");
    }

    @Test
    void cacheThatWritesThroughIsReadOnly() {
        Cache<String, String> stored = ring.manager(0)
                .createCache(
                        "stored",
                        new MutableConfiguration<String, String>()
                                .setWriteThrough(true)
                                .setCacheWriterFactory(FactoryBuilder.factoryOf(NoStore.class)));
        stored.put("faust", "Goethe");
        assertThat(found("stored").writesThrough()).isTrue();
        assertThat(found("stored").get("faust", null)).isEqualTo("Goethe");
    }

    @Test
    void cacheIsWrittenAtItsLevelAndItsEntriesLiveAsItSays() {
        MutableConfiguration<String, String> vanishing = new MutableConfiguration<String, String>()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ZERO));
        ring.manager(0).createCache("safe", new MutableConfiguration<String, String>());
        ring.manager(0).createCache("vanishing", vanishing);

        found("vanishing").put("faust", "Goethe", null, NamedCache.LIFE_OF_POLICY);
        assertThat(found("vanishing").get("faust", null)).isNull();
        found("safe").put("faust", "Goethe", null, NamedCache.LIFE_OF_POLICY);
        ring.kill(1);
        assertThatThrownBy(() -> found("safe").put("faust", "Marlowe", null, NamedCache.LIFE_OF_POLICY))
                .as("one of three copies is gone, and ALL was promised")
                .isInstanceOf(CacheException.class);
    }

    @Test
    void foundCacheIsNoUseOfIt() {
        Cache<String, String> books = create(0, "books");
        books.put("faust", "Goethe");
        assertThat(found("books").get("faust", null)).isEqualTo("Goethe");
        assertThat(ring.node(0).definitions().confirmed())
                .extracting(DefinedCache::users)
                .containsExactly(List.of("n1"));
        books.close();

        Cache<String, Integer> other = ring.manager(1)
                .createCache(
                        "books", new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
        other.put("moby", 1);
        await().untilAsserted(() -> assertThat(found("books").get("moby", null)).isEqualTo(1));
        assertThat(found("books").get("faust", null)).isNull();
    }

    @Test
    void valueOfAnApplicationsClassIsNotMadeAtANodeWithoutThatApplication() {
        Cache<String, Object> books = ring.manager(0).createCache("books", new MutableConfiguration<>());
        books.put("gadget", new Gadget());
        books.put("list", new ArrayList<>(List.of("a", 1)));
        Gadget.RUNS.set(0);

        assertThat(found("books").get("gadget", null)).isNull();
        assertThat(Gadget.RUNS).hasValue(0);
        assertThat(found("books").get("list", null)).isEqualTo(List.of("a", 1));
        assertThat(books.get("gadget")).isInstanceOf(Gadget.class);
        assertThat(Gadget.RUNS).hasValue(1);
    }

    /** Does what it was not asked for when it is read. */
    public static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;
        static final AtomicInteger RUNS = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RUNS.incrementAndGet();
        }
    }

    /** Stores nothing. */
    public static final class NoStore implements CacheWriter<String, String> {
        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.clear();
        }

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.clear();
        }
    }
}
