package dev.hypercache.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.Objects;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/** The file named by {@code spring.cache.jcache.config} governs the caches that Spring creates. */
@SpringBootTest
@Timeout(60)
class CacheConfigurationTest {
    private static final int MAX_ENTRIES = 500;

    @Autowired
    private CacheManager caches;

    @Test
    void cacheKeepsNoMoreEntriesThanTheFileAllows() {
        Cache bounded = cache("next-change");
        for (int i = 0; i < 4 * MAX_ENTRIES; i++) {
            bounded.put(i, "value");
        }

        await().untilAsserted(() -> assertThat(entriesOf(bounded)).isLessThanOrEqualTo(MAX_ENTRIES));
    }

    @Test
    void cacheThatTheFileDoesNotBoundKeepsEveryEntry() {
        Cache unbounded = cache("job-owner");
        for (int i = 0; i < 4 * MAX_ENTRIES; i++) {
            unbounded.put(i, "value");
        }

        assertThat(entriesOf(unbounded)).isEqualTo(4 * MAX_ENTRIES);
    }

    @Test
    void statisticsAreOnForEveryCacheAsTheFileSays() throws Exception {
        ObjectName all = new ObjectName("javax.cache:type=CacheStatistics,*");

        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(all, null))
                .extracting(name -> name.getKeyProperty("Cache"))
                .contains("next-change", "changes-of-year", "job-owner");
    }

    private static int entriesOf(Cache cache) {
        int count = 0;
        for (Object ignored : (Iterable<?>) cache.getNativeCache()) {
            count++;
        }
        return count;
    }

    private Cache cache(String name) {
        return Objects.requireNonNull(caches.getCache(name), name);
    }
}
