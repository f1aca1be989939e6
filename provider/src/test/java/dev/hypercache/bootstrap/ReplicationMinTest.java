package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code hypercache.replication.min}: nothing is written that too few living replicas would hold. */
@Timeout(60)
final class ReplicationMinTest {

    @Test
    void writesAreRefusedWithTooFewLivingVoters() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.replication.min", "3");
        try (LocalRing ring = LocalRing.of(3, properties)) {
            Cache<String, String> cache = ring.manager(0)
                    .createCache(
                            "books", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
            cache.put("k", "first");
            ring.kill(1);
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThatThrownBy(() -> cache.put("k", "second")).isInstanceOf(CacheException.class));
            assertThat(cache.get("k")).isIn("first", "second");
            assertThatThrownBy(() -> cache.remove("k")).isInstanceOf(CacheException.class);
            assertThat(cache.get("k")).isNotNull();

            ring.restart(1);

            Awaitility.await().until(ring::isSettled);
            cache.put("k", "third");
            assertThat(cache.get("k")).isEqualTo("third");
        }
    }
}
