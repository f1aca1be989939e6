package dev.hypercache.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/** A loader from a function, which keeps the keys that it was asked for. */
final class Loader implements CacheLoader<String, String> {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Function<String, @Nullable String> source;

    Loader(Function<String, @Nullable String> source) {
        this.source = source;
    }

    /** A loader that gives {@code loaded:<key>}. */
    static Loader ofEverything() {
        return new Loader(key -> "loaded:" + key);
    }

    MutableConfiguration<String, String> configuration() {
        return FreshManager.stringsConfiguration().setReadThrough(true).setCacheLoaderFactory(() -> this);
    }

    /** Every key asked for, in order, of both forms. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public @Nullable String load(String key) {
        asked.add(key);
        return source.apply(key);
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
        Map<String, String> loaded = new HashMap<>();
        for (String key : keys) {
            loaded.put(key, load(key));
        }
        return loaded;
    }
}
