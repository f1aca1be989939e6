package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.telemetry.MetricName;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the nodes of a ring of two know of each other's caches, through JCache. */
@Timeout(60)
final class SharedDefinitionsTest {

    private final LocalRing ring = LocalRing.of(2, settings());
    private final CacheManager one = ring.manager(0);
    private final CacheManager two = ring.manager(1);

    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("hypercache.ring.slots", "16");
        return settings;
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private static MutableConfiguration<String, String> strings() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }

    private static MutableConfiguration<String, Integer> numbers() {
        return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    }

    /** A manager that has a node: without one it knows nobody's caches. */
    private CacheManager awake(CacheManager manager) {
        manager.createCache("own", strings());
        return manager;
    }

    @Test
    void cacheWithOtherTypesIsRefusedWhileAnotherNodeHasItOpen() {
        Cache<String, String> books = one.createCache("books", strings());
        books.put("faust", "Goethe");

        assertThatThrownBy(() -> two.createCache("books", numbers()))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(
                        "books", "open on n1", "value.type=java.lang.String on the ring", "java.lang.Integer here");
        assertThatThrownBy(() -> one.createCache("books", strings())).hasMessageContaining("exists already in manager");

        books.close();
        Cache<String, Integer> counts = two.createCache("books", numbers());
        assertThat(counts.get("faust")).isNull();
        assertThat(counts.iterator()).isExhausted();
    }

    @Test
    void cacheThatAllHaveClosedKeepsItsEntries() {
        one.createCache("books", strings()).put("faust", "Goethe");
        one.getCache("books").close();

        assertThat(two.createCache("books", strings()).get("faust")).isEqualTo("Goethe");
    }

    @Test
    void cacheOfAnotherNodeIsListedAndHadWithItsTypes() {
        one.createCache(
                        "books",
                        strings()
                                .setExpiryPolicyFactory(
                                        AccessedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 1))))
                .put("faust", "Goethe");

        assertThat(awake(two).getCacheNames()).containsExactlyInAnyOrder("own", "books");
        assertThatThrownBy(() -> two.getCache("books", String.class, Integer.class))
                .isInstanceOf(ClassCastException.class)
                .hasMessageContaining("java.lang.String");
        assertThat(two.getCache("books", String.class, String.class).get("faust"))
                .isEqualTo("Goethe");
        assertThat(two.getCache("films")).isNull();
        assertThat(ring.metrics(1).node().read(MetricName.CACHE_DRIFT)).isZero();
        assertThatThrownBy(() -> two.createCache("books", strings())).hasMessageContaining("exists already");
    }

    @Test
    void managerWithoutANodeStaysWithoutOne() {
        one.createCache("books", strings());

        assertThat(two.getCacheNames()).isEmpty();
        assertThat(two.<String, String>getCache("books")).isNull();
        two.destroyCache("books");
        assertThat(one.getCacheNames()).containsExactly("books");
    }

    @Test
    void managersOfOtherUrisHaveCachesOfTheirOwn() {
        one.createCache("books", strings());
        CacheManager other = awake(ring.provider(1).getCacheManager(URI.create("hypercache:other"), null, settings()));

        assertThat(other.getCacheNames()).containsExactly("own");
        assertThat(other.<String, Integer>getCache("books")).isNull();
        other.createCache("books", numbers());
    }

    @Test
    void cacheThatNobodyHasOpenIsNeitherListedNorHad() {
        one.createCache("books", strings()).close();

        assertThat(awake(two).getCacheNames()).containsExactly("own");
        assertThat(two.<String, String>getCache("books")).isNull();
    }

    @Test
    void cacheThatNeedsCodeOfItsApplicationMustBeCreated() {
        one.createCache("loaded", strings().setReadThrough(true).setCacheLoaderFactory(NoLoader::new));
        one.createCache("fickle", strings().setExpiryPolicyFactory(Fickle::new));

        assertThat(awake(two).getCacheNames()).containsExactly("own");
        assertThat(two.<String, String>getCache("loaded")).isNull();
        assertThat(two.<String, String>getCache("fickle")).isNull();
        assertThat(two.createCache("loaded", strings()).get("faust")).isNull();
        assertThat(ring.metrics(1).node().read(MetricName.CACHE_DRIFT))
                .as("that it does not load")
                .isEqualTo(1);
    }

    @Test
    void cacheOfClassesThatAreUnknownHereMustBeCreated() throws IOException {
        one.createCache("private", new MutableConfiguration<String, Fickle>().setTypes(String.class, Fickle.class));
        one.createCache("books", strings());

        try (URLClassLoader stranger = new URLClassLoader(new URL[0], null)) {
            CacheManager other = awake(ring.provider(1).getCacheManager(one.getURI(), stranger, settings()));

            assertThat(other.getCacheNames()).containsExactlyInAnyOrder("own", "books");
            assertThat(other.<String, Object>getCache("private")).isNull();
        }
    }

    /** Loads nothing. */
    static final class NoLoader implements CacheLoader<String, String> {
        @Override
        public @Nullable String load(String key) {
            return null;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }
    }

    /** A policy of the application's own. */
    static final class Fickle implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            return Duration.ONE_HOUR;
        }

        @Override
        public @Nullable Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public @Nullable Duration getExpiryForUpdate() {
            return null;
        }
    }

    @Test
    void cacheThatAnotherNodeHasIsDestroyedByItsName() {
        Cache<String, String> books = one.createCache("books", strings());
        books.put("faust", "Goethe");

        awake(two).destroyCache("books");

        assertThat(two.getCacheNames()).containsExactly("own");
        assertThat(two.createCache("books", numbers()).get("faust")).isNull();
    }

    @Test
    void cacheThatCouldNotBeMadeIsUsedByNobody() {
        MutableConfiguration<String, String> broken = strings()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> {
                    throw new IllegalStateException("no store");
                });
        assertThatThrownBy(() -> one.createCache("books", broken)).hasMessageContaining("cache loader factory");

        two.createCache("books", numbers());
    }

    @Test
    void nodesMayDifferInWhatTheyDoThemselves() {
        one.createCache("books", strings());
        two.createCache(
                "books",
                strings()
                        .setStatisticsEnabled(true)
                        .setManagementEnabled(true)
                        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 1))));

        assertThat(ring.metrics(0).node().read(MetricName.CACHE_DRIFT)).isZero();
        assertThat(ring.metrics(1).node().read(MetricName.CACHE_DRIFT))
                .as("the expiry")
                .isEqualTo(1);
        two.getCache("books").close();
        assertThat(ring.metrics(1).node().read(MetricName.CACHE_DRIFT)).isZero();
    }
}
