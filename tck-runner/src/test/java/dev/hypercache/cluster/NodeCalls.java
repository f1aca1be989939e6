package dev.hypercache.cluster;

import dev.hypercache.jcache.HyperCache;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.RingOperations;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a test asks of the cache of a node, in words. */
final class NodeCalls implements AutoCloseable {

    /** The cache that all nodes share. */
    private static final String CACHE = "driven";

    private final CacheManager manager;
    private final Cache<String, String> cache;
    private final Cache<String, String> near;
    private final Consumer<String> events;
    private final MixCaches mixCaches;
    private @Nullable Load load;
    private @Nullable Churn churn;
    private @Nullable Flights flights;
    private @Nullable EventLog log;

    /** @param events is told what threads report that a test asked for; each line by itself, on any thread */
    NodeCalls(CacheManager manager, Consumer<String> events) {
        this.manager = manager;
        this.cache = manager.createCache(CACHE, new MutableConfiguration<>());
        this.mixCaches = MixCaches.open(manager);
        this.near = ((HyperCache<String, String>) cache).withConsistency(ConsistencyLevel.ONE);
        this.events = events;
    }

    /** Does it, and says what came of it in one line. */
    String answer(String... words) {
        try {
            switch (words[0]) {
                case "put":
                    cache.put(words[1], words[2]);
                    return "done";
                case "remove":
                    return String.valueOf(cache.remove(words[1]));
                case "get":
                    return String.valueOf(cache.get(words[1]));
                case "near":
                    return String.valueOf(near.get(words[1]));
                case "look":
                    return String.valueOf(mixCaches.named(words[1]).get(words[2]));
                case "load":
                    load = WriteLoad.start(cache, words[1], events);
                    return "done";
                case "steady":
                    load = SteadyLoad.start(cache, words[1], events);
                    return "done";
                case "count":
                    return Counted.of(words[1]);
                case "statistics":
                    return StatisticsLine.of(cache);
                case "trace":
                    LoggerFactory.getLogger(NodeCalls.class).trace(words[1]);
                    return "done";
                case "mix":
                    load = Mix.start(Integer.parseInt(words[1]), Long.parseLong(words[2]), mixCaches, events);
                    return "done";
                case "increment":
                    load = CounterLoad.start(Integer.parseInt(words[1]), mixCaches.counters(), events);
                    return "done";
                case "fly":
                    flights().fly(words[1], words[2], Integer.parseInt(words[3]));
                    return "done";
                case "land":
                    flights().land(words[1]);
                    return "done";
                case "evict":
                    flights().evict(words[1], words[2]);
                    return "done";
                case "cached":
                    return flights().cached(words[1], words[2]);
                case "churn":
                    churn = new Churn(cache, Integer.parseInt(words[1]));
                    return "done";
                case "listen":
                    log = EventLog.listenTo(cache);
                    return "done";
                case "heard":
                    return listening().figures();
                case "missed":
                    return listening().missed(cache);
                case "figures":
                    return churning().figures();
                case "verify":
                    return churning().verify();
                case "expel":
                    manager.unwrap(RingOperations.class).remove(words[1], false);
                    return "done";
                case "reform":
                    manager.unwrap(RingOperations.class).reform(List.of(words[1]));
                    return "done";
                case "unload":
                    close();
                    return "done";
                default:
                    return "unknown " + words[0];
            }
        } catch (CacheException | IllegalStateException e) {
            return "failed " + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    private Flights flights() {
        Flights opened = flights;
        if (opened == null) {
            opened = new Flights(manager, events);
            flights = opened;
        }
        return opened;
    }

    private EventLog listening() {
        return Objects.requireNonNull(log, "log");
    }

    private Churn churning() {
        return Objects.requireNonNull(churn, "churn");
    }

    /** Ends what was started and not ended. */
    @Override
    public void close() {
        Load started = load;
        if (started != null) {
            started.close();
        }
        Churn churned = churn;
        if (churned != null) {
            churned.close();
        }
    }
}
