package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MBeans: the names that monitoring computes, present exactly while they should be. */
@Timeout(30)
final class ManagementTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void theNameIsTheOneThatMicrometerComputes() throws Exception {
        Cache<String, String> cache =
                fresh.cache(FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        String micrometer = "javax.cache:type=CacheStatistics,CacheManager="
                + cache.getCacheManager().getURI().toString().replace(':', '.') + ",Cache=" + cache.getName();
        cache.put("key", "value");

        ObjectName name = new ObjectName(micrometer);

        assertThat(server.isRegistered(name)).isTrue();
        assertThat(server.getAttribute(name, "CachePuts")).isEqualTo(1L);
        for (String attribute : Set.of("CacheHits", "CacheMisses", "CacheEvictions", "CacheRemovals")) {
            assertThat(server.getAttribute(name, attribute)).as(attribute).isEqualTo(0L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "with space", "dotted.name", "ümlaut", "a-b_c", "slash/name", "com.example.Order#1"})
    void anOrdinaryNameHasBothBeansAndLosesThemOnDestroy(String cacheName) {
        Cache<String, String> cache = fresh.manager()
                .createCache(
                        cacheName,
                        FreshManager.stringsConfiguration()
                                .setStatisticsEnabled(true)
                                .setManagementEnabled(true));
        ObjectName statistics = Counters.name("CacheStatistics", cache);
        ObjectName configuration = Counters.name("CacheConfiguration", cache);
        assertThat(server.isRegistered(statistics)).isTrue();
        assertThat(server.isRegistered(configuration)).isTrue();

        fresh.manager().destroyCache(cacheName);

        assertThat(server.isRegistered(statistics)).isFalse();
        assertThat(server.isRegistered(configuration)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a:b", "a=b", "a*b", "a?b", "a\"b", "a\nb"})
    void aNameThatMonitoringWouldWriteDifferentlyIsRefusedWithRuleAndRemedy(String cacheName) {
        assertThatThrownBy(() -> fresh.manager().createCache(cacheName, FreshManager.stringsConfiguration()))
                .isInstanceOfAny(CacheException.class, IllegalArgumentException.class)
                .hasMessageContaining("'a")
                .hasMessageContaining("b'")
                .hasMessageMatching("(?s).*(must|may|cannot).*(Use|Choose|Rename|Replace).*");

        assertThat(fresh.manager().getCacheNames()).isEmpty();
    }

    @Test
    void switchingTwiceIsAsSwitchingOnce() {
        Cache<String, String> cache = fresh.strings();
        ObjectName name = Counters.name("CacheStatistics", cache);
        fresh.manager().enableStatistics(FreshManager.CACHE, true);
        fresh.manager().enableStatistics(FreshManager.CACHE, true);
        assertThat(server.isRegistered(name)).isTrue();

        fresh.manager().enableStatistics(FreshManager.CACHE, false);
        fresh.manager().enableStatistics(FreshManager.CACHE, false);
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    @SuppressWarnings("unchecked")
    void theConfigurationOfTheCacheShowsWhatIsSwitchedOnNow() {
        Cache<String, String> cache = fresh.strings();

        fresh.manager().enableStatistics(FreshManager.CACHE, true);
        fresh.manager().enableManagement(FreshManager.CACHE, true);

        CompleteConfiguration<String, String> configuration = cache.getConfiguration(CompleteConfiguration.class);
        assertThat(configuration.isStatisticsEnabled()).isTrue();
        assertThat(configuration.isManagementEnabled()).isTrue();
    }

    @Test
    void cachesOfOneNameInTwoManagersHaveTheirOwnBeans() {
        Cache<String, String> first =
                fresh.cache(FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        Cache<String, String> second = fresh.provider()
                .getCacheManager(URI.create("hypercache:other"), null)
                .createCache(
                        FreshManager.CACHE, FreshManager.stringsConfiguration().setStatisticsEnabled(true));

        first.put("key", "value");

        assertThat(Counters.of(first).puts()).isEqualTo(1);
        assertThat(Counters.of(second).puts()).isZero();
    }
}
