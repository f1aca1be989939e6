package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.spi.CachingProvider;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values belong to the loader of their manager, and a manager that was closed leaves nothing behind. */
@Timeout(60)
final class ClassLoaderTest {

    private static final int ROUNDS = 50;

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void aValueOfAClassThatOnlyTheManagersLoaderKnowsComesBackAsThatClass() throws Exception {
        OwnLoader loader = new OwnLoader();
        Cache<String, Object> cache = objects(loader);
        Object order = loader.order("1");

        cache.put("key", order);

        assertThat(cache.get("key")).isEqualTo(order).isNotSameAs(order);
        assertThat(cache.getAll(Set.of("key"))).isEqualTo(Map.of("key", order));
        assertThat(cache.<Object>invoke("key", (entry, arguments) -> entry.getValue()))
                .isEqualTo(order);
        assertThat(cache.iterator().next().getValue()).isEqualTo(order);
        assertThat(cache.replace("key", order, loader.order("2"))).isTrue();
    }

    @Test
    void aKeyOfAClassThatOnlyTheManagersLoaderKnowsIsFound() throws Exception {
        OwnLoader loader = new OwnLoader();
        Cache<Object, String> cache = fresh.provider()
                .getCacheManager(null, loader)
                .createCache("keys", new MutableConfiguration<Object, String>().setTypes(Object.class, String.class));

        cache.put(loader.order("1"), "value");

        assertThat(cache.get(loader.order("1"))).isEqualTo("value");
        assertThat(cache.iterator().next().getKey()).isEqualTo(loader.order("1"));
    }

    @Test
    void twoLoadersKeepTheirManagersApart() throws Exception {
        OwnLoader first = new OwnLoader();
        OwnLoader second = new OwnLoader();
        Cache<String, Object> ofFirst = objects(first);
        Cache<String, Object> ofSecond = objects(second);

        ofFirst.put("key", first.order("1"));
        ofSecond.put("key", second.order("1"));

        assertThat(ofFirst.get("key")).isEqualTo(first.order("1")).isNotEqualTo(ofSecond.get("key"));
        fresh.provider().close(first);
        assertThat(ofFirst.isClosed()).isTrue();
        assertThat(ofSecond.get("key")).isEqualTo(second.order("1"));
    }

    @Test
    void theContextLoaderOfTheCallerIsLeftAlone() throws Exception {
        OwnLoader loader = new OwnLoader();
        Cache<String, Object> cache = objects(loader);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        OwnLoader context = new OwnLoader();
        thread.setContextClassLoader(context);
        try {
            cache.put("key", loader.order("1"));
            ClassLoader inProcessor = cache.invoke(
                    "key", (entry, arguments) -> Thread.currentThread().getContextClassLoader());
            assertThat(cache.get("key")).isEqualTo(loader.order("1"));
            assertThat(inProcessor).isSameAs(context);
            assertThat(thread.getContextClassLoader()).isSameAs(context);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aLoaderIsCollectableAfterItsManagerWasClosed() throws Exception {
        useAndClose();
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            loaders.add(useAndClose());
        }
        useAndClose(); // The JVM keeps the loader that was used last, whichever the provider; it shall be this one.

        await().untilAsserted(() -> {
            System.gc();
            assertThat(loaders.stream().filter(loader -> loader.get() != null).count())
                    .as("loaders of %d that something still holds", ROUNDS)
                    .isZero();
        });
        await().untilAsserted(() -> assertThat(newThreads(threads)).isEmpty());
        assertThat(beans()).isEmpty();
    }

    @Test
    void theProviderLeavesNoThreadAndNoBeanBehind() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Cache<String, String> cache = fresh.cache(Loader.ofEverything()
                .configuration()
                .setStatisticsEnabled(true)
                .setManagementEnabled(true)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                .addCacheEntryListenerConfiguration(new Recorder<String, String>().asynchronous()));
        cache.loadAll(Set.of("a", "b"), true, null);
        cache.put("key", "value");
        assertThat(beans()).hasSize(2);

        fresh.provider().close();

        await().untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
        assertThat(beans()).isEmpty();
    }

    /** One deployment: everything that could hold on to its loader is used. */
    private WeakReference<ClassLoader> useAndClose() throws Exception {
        OwnLoader loader = new OwnLoader();
        CachingProvider provider = fresh.provider();
        CacheManager manager = provider.getCacheManager(provider.getDefaultURI(), loader);
        Object order = loader.order("1");
        Cache<String, Object> cache = manager.createCache(
                "orders",
                new MutableConfiguration<String, Object>()
                        .setTypes(String.class, Object.class)
                        .setStatisticsEnabled(true)
                        .setManagementEnabled(true)
                        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                        .addCacheEntryListenerConfiguration(new Recorder<String, Object>().asynchronous()));
        cache.put("key", order);
        assertThat(cache.get("key")).isEqualTo(order);
        cache.<Boolean>invoke("key", (entry, arguments) -> entry.exists());
        provider.close(loader);
        return new WeakReference<>(loader);
    }

    private Cache<String, Object> objects(ClassLoader loader) {
        return fresh.provider()
                .getCacheManager(null, loader)
                .createCache(
                        "objects", new MutableConfiguration<String, Object>().setTypes(String.class, Object.class));
    }

    private static Set<Thread> newThreads(Set<Thread> before) {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        now.removeIf(thread -> thread.getName().startsWith("awaitility")
                || thread.getName().startsWith("ForkJoinPool.commonPool")
                || FreshManager.isOfRing(thread)
                || "InnocuousThreadGroup".equals(groupName(thread)));
        return now;
    }

    private static String groupName(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null ? "" : group.getName();
    }

    private static Set<ObjectName> beans() {
        try {
            return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("javax.cache:*"), null);
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }
}
