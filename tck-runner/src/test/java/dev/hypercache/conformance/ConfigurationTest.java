package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cache keeps its own configuration, and its types are checked where the specification says. */
@Timeout(30)
final class ConfigurationTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void laterChangesToTheGivenConfigurationDoNotReachTheCache() {
        MutableConfiguration<String, String> given = FreshManager.stringsConfiguration();
        Cache<String, String> cache = fresh.cache(given);

        given.setReadThrough(true)
                .setStatisticsEnabled(true)
                .addCacheEntryListenerConfiguration(new Recorder<String, String>().synchronous());

        assertThat(configuration(cache).isReadThrough()).isFalse();
        assertThat(configuration(cache).isStatisticsEnabled()).isFalse();
        assertThat(configuration(cache).getCacheEntryListenerConfigurations()).isEmpty();
    }

    @Test
    void whatTheCacheGivesCannotBeUsedToChangeIt() {
        CacheEntryListenerConfiguration<String, String> listener = new Recorder<String, String>().synchronous();
        Cache<String, String> cache =
                fresh.cache(FreshManager.stringsConfiguration().addCacheEntryListenerConfiguration(listener));
        try {
            Iterator<CacheEntryListenerConfiguration<String, String>> listeners =
                    configuration(cache).getCacheEntryListenerConfigurations().iterator();
            listeners.next();
            listeners.remove();
        } catch (UnsupportedOperationException immutable) {
            assertThat(immutable).isNotNull();
        }

        assertThat(configuration(cache).getCacheEntryListenerConfigurations()).containsExactly(listener);
    }

    @Test
    void listenersAreListedAsTheyAreNow() {
        CacheEntryListenerConfiguration<String, String> listener = new Recorder<String, String>().synchronous();
        Cache<String, String> cache = fresh.strings();

        cache.registerCacheEntryListener(listener);
        assertThat(configuration(cache).getCacheEntryListenerConfigurations()).containsExactly(listener);
        assertThatThrownBy(() -> cache.registerCacheEntryListener(listener))
                .isExactlyInstanceOf(IllegalArgumentException.class);

        cache.deregisterCacheEntryListener(listener);
        assertThat(configuration(cache).getCacheEntryListenerConfigurations()).isEmpty();
    }

    @Test
    void aPlainConfigurationIsEnough() {
        Cache<String, String> cache = fresh.cache(new PlainConfiguration());

        cache.put("key", "value");

        assertThat(cache.get("key")).isEqualTo("value");
        assertThat(configuration(cache).isStoreByValue()).isTrue();
    }

    @Test
    void aConfigurationClassThatTheCacheDoesNotHaveIsAnIllegalArgument() {
        Cache<String, String> cache = fresh.strings();

        assertThatThrownBy(() -> cache.getConfiguration(PlainConfiguration.class))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PlainConfiguration.class.getName());
    }

    @Test
    void otherTypesThanTheDeclaredOnesAreAClassCastExceptionNamingBoth() {
        fresh.strings();

        assertThatThrownBy(() -> fresh.manager().getCache(FreshManager.CACHE, Integer.class, String.class))
                .isExactlyInstanceOf(ClassCastException.class)
                .hasMessageContaining("java.lang.Integer")
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void aTypedCacheIsGivenWithoutTypesToo() {
        Cache<String, String> cache = fresh.strings();

        assertThat((Object) fresh.manager().getCache(FreshManager.CACHE)).isSameAs(cache);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aValueOfAnotherTypeThanDeclaredIsAClassCastExceptionOrStoredButNeverHalfStored() {
        Cache<String, String> cache = fresh.strings();
        Cache untyped = cache;

        try {
            untyped.put("key", 1);
            assertThat(untyped.get("key")).isEqualTo(1);
        } catch (ClassCastException checked) {
            assertThat(cache.containsKey("key")).isFalse();
        }
    }

    @Test
    void aFactoryThatFailsFailsTheCreationAndLeavesTheNameFree() {
        MutableConfiguration<String, String> broken = FreshManager.stringsConfiguration()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> {
                    throw new IllegalStateException("the factory fails");
                });

        assertThatThrownBy(() -> fresh.cache(broken))
                .isInstanceOfAny(CacheException.class, IllegalStateException.class)
                .hasStackTraceContaining("the factory fails");

        assertThat(fresh.strings()).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway")
    void aFactoryThatGivesNullFailsTheCreationAndLeavesTheNameFree() {
        MutableConfiguration<String, String> broken =
                FreshManager.stringsConfiguration().setReadThrough(true).setCacheLoaderFactory(() -> null);

        assertThatThrownBy(() -> fresh.cache(broken).get("key")).isInstanceOf(RuntimeException.class);
        fresh.manager().destroyCache(FreshManager.CACHE);

        assertThat(fresh.strings()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static CompleteConfiguration<String, String> configuration(Cache<String, String> cache) {
        return cache.getConfiguration(CompleteConfiguration.class);
    }

    /** The least that a configuration can be. */
    private static final class PlainConfiguration implements Configuration<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<String> getKeyType() {
            return String.class;
        }

        @Override
        public Class<String> getValueType() {
            return String.class;
        }

        @Override
        public boolean isStoreByValue() {
            return true;
        }
    }
}
