package dev.hypercache.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.jcache.JCacheCache;

/**
 * Threads of an application that all want one value which somebody has to compute, in three ways: {@value #GET} from a cache with
 * a loader, {@value #INVOKE} a processor that computes what is missing, or as {@value #SPRING} does it for {@code
 * @Cacheable(sync = true)}. A computation reports that it began, and ends when it is told to.
 */
final class Flights {

    static final String GET = "get";
    static final String INVOKE = "invoke";
    static final String SPRING = "spring";

    /** What the report of a thread begins with that is about to ask; the key follows. */
    static final String ASKS = "asks";

    /** The report of a computation that has begun: the key follows, and the value that will come of it. */
    static final String COMPUTES = "computes";

    /** The report of a thread that got its answer: the key and the value, or what went wrong. */
    static final String FLOWN = "flown";

    /** Is cached of a key that is not cached. */
    static final String NOTHING = "nothing";

    /** The report of an eviction that has ended: the key follows. */
    static final String EVICTED = "evicted";

    /** Below the longest time that a hold may last. */
    private static final long COMPUTATION_SECONDS = 25;

    private final Cache<Object, Object> loaded;
    private final Cache<Object, Object> computed;
    private final JCacheCache spring;
    private final Consumer<String> events;
    private final long process = ProcessHandle.current().pid();
    private final AtomicInteger computations = new AtomicInteger();
    /** Grows by the keys of a test. */
    private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();

    Flights(CacheManager manager, Consumer<String> events) {
        this.events = events;
        this.loaded = manager.createCache(
                "loaded", new MutableConfiguration<>().setReadThrough(true).setCacheLoaderFactory(Loader::new));
        this.computed = manager.createCache("computed", new MutableConfiguration<>());
        this.spring = new JCacheCache(manager.createCache("spring", new MutableConfiguration<>()), true);
    }

    private final class Loader implements CacheLoader<Object, Object> {
        @Override
        public Object load(Object key) {
            return compute((String) key);
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            throw new UnsupportedOperationException("keys of flights are asked for one by one");
        }
    }

    private String compute(String key) {
        String value = process + "." + computations.incrementAndGet();
        events.accept(COMPUTES + " " + key + " " + value);
        try {
            if (!end(key).await(COMPUTATION_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody lets the computation of " + key + " end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return value;
    }

    private CountDownLatch end(String key) {
        return ends.computeIfAbsent(key, unused -> new CountDownLatch(1));
    }

    /** Starts threads that want a value. */
    void fly(String way, String key, int threads) {
        for (int i = 0; i < threads; i++) {
            start(() -> {
                events.accept(ASKS + " " + key);
                events.accept(FLOWN + " " + key + " " + said(() -> String.valueOf(value(way, key))));
            });
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "flight");
        thread.setDaemon(true);
        thread.start();
    }

    private static String said(Supplier<String> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return "failed: " + String.valueOf(e).replace('\n', ' ');
        }
    }

    private @Nullable Object value(String way, String key) {
        return switch (way) {
            case GET -> loaded.get(key);
            case SPRING -> spring.get(key, () -> compute(key));
            case INVOKE -> computed.invoke(key, (entry, arguments) -> present(entry, key));
            default -> throw new IllegalArgumentException("no way " + way);
        };
    }

    private Object present(MutableEntry<Object, Object> entry, String key) {
        if (!entry.exists()) {
            entry.setValue(compute(key));
        }
        return entry.getValue();
    }

    /** Lets the computations of a key end. */
    void land(String key) {
        end(key).countDown();
    }

    /** Starts a thread that evicts a key as Spring does. */
    void evict(String way, String key) {
        start(() -> events.accept(
                EVICTED + " " + key + " " + said(() -> String.valueOf(cache(way).remove(key)))));
    }

    /** What is cached of a key; {@value #NOTHING} if nothing is. */
    String cached(String way, String key) {
        Cache<Object, Object> cache = cache(way);
        return cache.containsKey(key) ? String.valueOf(cache.get(key)) : NOTHING;
    }

    private Cache<Object, Object> cache(String way) {
        return switch (way) {
            case GET -> loaded;
            case SPRING -> spring.getNativeCache();
            case INVOKE -> computed;
            default -> throw new IllegalArgumentException("no way " + way);
        };
    }
}
