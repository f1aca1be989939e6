package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.jcache.HyperCache;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A value that this node cannot decode counts as absent, also for operations with a condition. */
@Timeout(60)
final class UndecodableValueTest {

    private final LocalRing ring = start();

    private static LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        return LocalRing.of(3, properties);
    }

    @BeforeEach
    void mend() {
        Fragile.broken = false;
    }

    @AfterEach
    void close() {
        ring.close();
    }

    /** Can be decoded until it is broken. */
    public static final class Fragile implements Serializable {
        private static final long serialVersionUID = 1L;
        private static volatile boolean broken;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (broken) {
                throw new InvalidObjectException("of a class that changed");
            }
        }
    }

    private static MutableConfiguration<String, Object> plain() {
        return new MutableConfiguration<String, Object>()
                .setTypes(String.class, Object.class)
                .setStatisticsEnabled(true);
    }

    private Cache<String, Object> createWithFragile(MutableConfiguration<String, Object> configuration) {
        Cache<String, Object> cache = ring.manager(0).createCache("books", configuration);
        cache.put("k", new Fragile());
        assertThat(cache.get("k")).isInstanceOf(Fragile.class);
        assertThat(cache.putIfAbsent("k", "other")).isFalse();
        Fragile.broken = true;
        return cache;
    }

    private static void assertCountsAsAbsent(Cache<String, Object> cache) {
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.get("k")).isNull();
        assertThat(cache.replace("k", "x", "y")).isFalse();
        assertThat(cache.remove("k", "x")).isFalse();
        long puts = cache.unwrap(HyperCache.class).statistics().getCachePuts();
        long misses = cache.unwrap(HyperCache.class).statistics().getCacheMisses();
        assertThat(cache.putIfAbsent("k", "mended")).isTrue();
        assertThat(cache.unwrap(HyperCache.class).statistics().getCachePuts()).isEqualTo(puts + 1);
        assertThat(cache.unwrap(HyperCache.class).statistics().getCacheMisses()).isEqualTo(misses + 1);
        assertThat(cache.get("k")).isEqualTo("mended");
        assertThat(cache.putIfAbsent("k", "again")).isFalse();
    }

    @Test
    void countsAsAbsent() {
        assertCountsAsAbsent(createWithFragile(plain()));
    }

    /** A policy of the application's. */
    private static final class Policy implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            return Duration.ONE_DAY;
        }

        @Override
        public Duration getExpiryForAccess() {
            return Duration.ONE_DAY;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return Duration.ONE_DAY;
        }
    }

    @Test
    void countsAsAbsentWhereAPolicyIsAsked() {
        assertCountsAsAbsent(
                createWithFragile(plain().setExpiryPolicyFactory(new FactoryBuilder.SingletonFactory<>(new Policy()))));
    }

    @Test
    @SuppressWarnings("unchecked")
    void countsAsAbsentForCallsThatNobodyWaitsFor() {
        HyperCache<String, Object> cache = createWithFragile(plain()).unwrap(HyperCache.class);
        assertThat(cache.async().containsKey("k").toCompletableFuture().join()).isFalse();
        assertThat(cache.async()
                        .putIfAbsent("k", "mended")
                        .toCompletableFuture()
                        .join())
                .isTrue();
        assertThat(cache.async().get("k").toCompletableFuture().join()).isEqualTo("mended");
    }
}
