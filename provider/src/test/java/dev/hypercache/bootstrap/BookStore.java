package dev.hypercache.bootstrap;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** A store behind a cache of texts, which has all that is written. For one caller at a time. */
final class BookStore implements CacheWriter<String, String>, CacheLoader<String, String> {

    final Map<String, String> written = new HashMap<>();
    /** What happens while many are loaded. */
    Runnable loading = () -> {};

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
        written.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
        entries.forEach(this::write);
        entries.clear();
    }

    @Override
    public void delete(Object key) {
        written.remove(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        keys.forEach(this::delete);
        keys.clear();
    }

    @Override
    public String load(String key) {
        return written.get(key);
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
        loading.run();
        Map<String, String> loaded = new HashMap<>();
        keys.forEach(key -> loaded.put(key, written.get(key)));
        return loaded;
    }
}
