package dev.hypercache.examples.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.hibernate.cache.spi.access.SoftLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that put into the same cache between each other's looks and puts. */
class ConditionalAccessTest {
    private Cache<Object, Object> cache;
    private ConditionalAccess here;
    private ConditionalAccess there;

    @BeforeEach
    void createTheCache() {
        CacheManager manager = Caching.getCachingProvider().getCacheManager();
        cache = manager.createCache(UUID.randomUUID().toString(), new MutableConfiguration<>());
        here = new ConditionalAccess(cache);
        there = new ConditionalAccess(cache);
    }

    @AfterEach
    void closeTheCache() {
        cache.getCacheManager().destroyCache(cache.getName());
    }

    @Test
    void slowReaderDoesNotPutWhatItLoadedOverWhatAnotherHasCommitted() {
        assertThat(here.getFromCache("key", null)).isNull();
        there.getFromCache("key", null);
        there.putIntoCache("key", "committed", null);

        here.putIntoCache("key", "loaded before", null);

        assertThat(cache.get("key")).isEqualTo("committed");
    }

    @Test
    void slowReaderThatSawAnOldEntryDoesNotReplaceANewOne() {
        cache.put("key", "old");
        here.getFromCache("key", null);
        cache.put("key", "committed");

        here.putIntoCache("key", "loaded before", null);

        assertThat(cache.get("key")).isEqualTo("committed");
    }

    @Test
    void entryThatIsAsItWasSeenIsReplaced() {
        cache.put("key", "old");
        here.getFromCache("key", null);
        here.putIntoCache("key", "new", null);

        assertThat(cache.get("key")).isEqualTo("new");
    }

    @Test
    void softLockTakesThePlaceOfWhateverIsThere() {
        here.getFromCache("key", null);
        cache.put("key", "loaded");
        here.putIntoCache("key", new Lock("lock"), null);

        assertThat(cache.get("key")).isEqualTo(new Lock("lock"));
    }

    @Test
    void whatWasNotLookedForIsPut() {
        here.getFromCache("another key", null);
        here.putIntoCache("key", "value", null);
        here.putIntoCache("key", "next", null);

        assertThat(cache.get("key")).isEqualTo("next");
    }

    private record Lock(String name) implements SoftLock {}
}
