package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Managers are told apart by URI and class loader, start nothing, and do not harm each other. */
@Timeout(30)
final class ManagerTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void oneUriAndLoaderIsOneManager() {
        CachingProvider provider = fresh.provider();
        URI uri = URI.create("hypercache:orders");
        CacheManager manager = provider.getCacheManager(uri, null);

        assertThat(provider.getCacheManager(uri, provider.getDefaultClassLoader()))
                .isSameAs(manager);
        assertThat(provider.getCacheManager(null, null)).isSameAs(provider.getCacheManager());
        assertThat(manager.getURI()).isEqualTo(uri);
    }

    @Test
    void anotherUriOrLoaderIsAnotherManager() {
        CachingProvider provider = fresh.provider();
        OwnLoader loader = new OwnLoader();

        assertThat(List.of(
                        provider.getCacheManager(),
                        provider.getCacheManager(URI.create("hypercache:orders"), null),
                        provider.getCacheManager(URI.create("hypercache:customers"), null),
                        provider.getCacheManager(null, loader)))
                .doesNotHaveDuplicates();
    }

    @Test
    void cachesOfOneNameInTwoManagersAreTwoCaches() {
        CachingProvider provider = fresh.provider();
        CacheManager orders = provider.getCacheManager(URI.create("hypercache:orders"), null);
        CacheManager customers = provider.getCacheManager(URI.create("hypercache:customers"), null);
        Cache<String, String> ofOrders = orders.createCache("cache", FreshManager.stringsConfiguration());
        Cache<String, String> ofCustomers = customers.createCache("cache", FreshManager.stringsConfiguration());

        ofOrders.put("key", "value");
        assertThat(ofCustomers.get("key")).isNull();

        orders.close();
        assertThat(ofOrders.isClosed()).isTrue();
        ofCustomers.put("key", "value");
        assertThat(ofCustomers.get("key")).isEqualTo("value");
    }

    @Test
    void afterCloseTheSameUriIsANewManagerThatKnowsNoCache() {
        fresh.strings();
        CacheManager closed = fresh.manager();
        closed.close();

        assertThat(fresh.manager()).isNotSameAs(closed);
        assertThat(fresh.manager().getCacheNames()).isEmpty();
    }

    @Test
    void propertiesOfTheFirstCallStayThoseOfTheManager() {
        CachingProvider provider = fresh.provider();
        Properties properties = new Properties();
        properties.setProperty("hypercache.cache.orders.max.entries", "7");
        CacheManager manager = provider.getCacheManager(URI.create("hypercache:orders"), null, properties);
        properties.setProperty("hypercache.cache.orders.max.entries", "8");

        CacheManager again = provider.getCacheManager(URI.create("hypercache:orders"), null, new Properties());

        assertThat(again).isSameAs(manager);
        assertThat(again.getProperties().getProperty("hypercache.cache.orders.max.entries"))
                .isEqualTo("7");
    }

    @Test
    void aSecondCacheOfTheSameNameIsRefusedWithItsName() {
        fresh.strings();

        assertThatThrownBy(fresh::strings).isInstanceOf(CacheException.class).hasMessageContaining(FreshManager.CACHE);
    }

    @Test
    void exactlyOneOfManyThreadsCreatesACache() {
        CacheManager manager = fresh.manager();
        List<Boolean> created = Crowd.run(8, member -> () -> {
            try {
                manager.createCache("raced", FreshManager.stringsConfiguration());
                return true;
            } catch (CacheException present) {
                return false;
            }
        });
        assertThat(created).containsOnlyOnce(true);
        assertThat(manager.getCache("raced", String.class, String.class)).isEmpty();
    }

    @Test
    void namesAndLookupsAgree() {
        fresh.strings();

        for (String name : fresh.manager().getCacheNames()) {
            assertThat((Object) fresh.manager().getCache(name)).isNotNull();
        }
        assertThat((Object) fresh.manager().getCache("unknown")).isNull();
    }

    @Test
    void listingProvidersAndAskingForAManagerStartNoThread() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Footprint.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).contains("providers=1 open=true threads=[]");
        assertThat(process.waitFor()).isZero();
    }
}
