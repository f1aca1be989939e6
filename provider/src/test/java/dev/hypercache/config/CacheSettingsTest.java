package dev.hypercache.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class CacheSettingsTest {
    private enum Level {
        ONE,
        QUORUM,
        ALL
    }

    @Test
    void cacheWithoutConfigurationSaysNothing() {
        CacheSettings books = Settings.defaults().cache("books");

        assertThat(books.maxEntries()).isNull();
        assertThat(books.maxBytes()).isNull();
        assertThat(books.expiry()).isNull();
        assertThat(books.statistics()).isNull();
        assertThat(books.management()).isNull();
        assertThat(books.consistencyRead(Level.class)).isNull();
        assertThat(books.consistencyWrite(Level.class)).isNull();
    }

    @Test
    void mostSpecificPatternWinsForEachKeyByItself() {
        Settings settings = settings(
                "hypercache.cache.*.max.entries", "1",
                "hypercache.cache.books*.max.entries", "2",
                "hypercache.cache.books.*.max.entries", "3",
                "hypercache.cache.books.by-id.max.entries", "4",
                "hypercache.cache.*.statistics", "on");

        assertThat(settings.cache("films").maxEntries()).isEqualTo(1);
        assertThat(settings.cache("bookshelf").maxEntries()).isEqualTo(2);
        assertThat(settings.cache("books.by-title").maxEntries()).isEqualTo(3);
        assertThat(settings.cache("books.by-id").maxEntries()).isEqualTo(4);
        assertThat(settings.cache("books.by-id").statistics()).isTrue();
    }

    @Test
    void longerPatternWinsAmongEqualPrefixes() {
        Settings settings = settings(
                "hypercache.cache.*.max.bytes", "1KB",
                "hypercache.cache.*-region.max.bytes", "2KB");

        assertThat(settings.cache("entity-region").maxBytes()).isEqualTo(2048);
        assertThat(settings.cache("entity").maxBytes()).isEqualTo(1024);
    }

    @Test
    void starMatchesAnywhere() {
        Settings settings = settings("hypercache.cache.a*b*c.max.entries", "5");

        assertThat(settings.cache("abc").maxEntries()).isEqualTo(5);
        assertThat(settings.cache("axxbyyc").maxEntries()).isEqualTo(5);
        assertThat(settings.cache("abcbc").maxEntries()).isEqualTo(5);
        assertThat(settings.cache("acb").maxEntries()).isNull();
        assertThat(settings.cache("abcd").maxEntries()).isNull();
        assertThat(settings.cache("a*b*c").maxEntries()).isEqualTo(5);
    }

    @Test
    void cacheNamesMayLookLikeKeys() {
        Settings settings = settings("hypercache.cache.max.entries.max.entries", "5");

        assertThat(settings.cache("max.entries").maxEntries()).isEqualTo(5);
    }

    @Test
    void levelsBecomeConstantsOfTheCaller() {
        Settings settings =
                settings("hypercache.cache.x.consistency.read", "one", "hypercache.cache.x.consistency.write", "ALL");

        assertThat(settings.cache("x").consistencyRead(Level.class)).isEqualTo(Level.ONE);
        assertThat(settings.cache("x").consistencyWrite(Level.class)).isEqualTo(Level.ALL);
        assertThat(settings.choice(Setting.CONSISTENCY_READ, Level.class)).isEqualTo(Level.QUORUM);
    }

    @Test
    void variablesNameCachesInTheirNotation() {
        Sources sources = new Sources(
                Map.of(
                        "HYPERCACHE_CACHE_BOOKS_BY_ID_MAX_ENTRIES", "7",
                        "HYPERCACHE_CACHE_BOOKS_*_MAX_ENTRIES", "6"),
                new Properties(),
                null);
        Settings settings = Settings.load(ManagerUri.of(null), null, sources);

        assertThat(settings.cache("books.by-id").maxEntries()).isEqualTo(7);
        assertThat(settings.cache("books.by-title").maxEntries()).isEqualTo(6);
        assertThat(settings.cache("films").maxEntries()).isNull();
    }

    @Test
    void strongerSourceWinsForTheSamePattern() {
        Properties system = new Properties();
        system.setProperty("hypercache.cache.books.max.entries", "1");
        Properties manager = new Properties();
        manager.setProperty("hypercache.cache.books.max.entries", "2");

        Settings settings = Settings.load(ManagerUri.of(null), manager, new Sources(Map.of(), system, null));

        assertThat(settings.cache("books").maxEntries()).isEqualTo(2);
    }

    private static Settings settings(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.load(ManagerUri.of(null), properties, Sources.none());
    }
}
