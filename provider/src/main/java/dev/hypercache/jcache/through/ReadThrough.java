package dev.hypercache.jcache.through;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.ConditionalApply;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.Loaded;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.telemetry.MetricName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Loads values into the cache, one load per key at a time.
 *
 * <p>A load runs under a hold of its key. Whoever misses the same key meanwhile waits and is served with what the load
 * brought: the value, nothing, or its failure. A mutation of the key during the load, even a removal that finds nothing,
 * breaks the hold: what is being loaded may be older than the mutation, so the value goes to its caller only and the
 * waiting ones load anew.
 */
public final class ReadThrough<K, V> {

    private final CacheContext<K, V> context;
    private final RingClient client;
    private final Values<K, V> values;
    private final CacheLoader<K, V> loader;
    private final ConditionalApply conditional;

    public ReadThrough(CacheContext<K, V> context, CacheLoader<K, V> loader) {
        this.context = context;
        this.client = context.client();
        this.values = context.values();
        this.loader = loader;
        this.conditional = new ConditionalApply(client, values, context.expiration());
    }

    /**
     * The value of a key that a read missed.
     *
     * @return null if the loader has none
     * @throws CacheLoaderException if the loader failed
     */
    public @Nullable V load(K key) {
        return load(key, false);
    }

    private @Nullable V load(K key, boolean replace) {
        Object handle = values.keyHandle(key);
        Hold hold = client.hold(handle, HoldKind.LOAD, RingClient.NO_TIMEOUT);
        Loaded served = hold.served();
        if (served != null) {
            return result(served);
        }
        Loaded shared = null;
        try {
            StoredRecord live = client.read(handle);
            V present = replace ? null : values.value(live);
            if (present != null) {
                return present;
            }
            shared = fill(handle, callLoader(values.key(handle)), live, hold);
        } catch (CacheLoaderException e) {
            shared = new Loaded(null, e);
        } finally {
            hold.release(shared);
        }
        return result(shared);
    }

    private @Nullable V result(Loaded loaded) {
        if (loaded.failure() != null) {
            throw loaded.failure();
        }
        return loaded.valueHandle() == null ? null : values.valueOf(loaded.valueHandle());
    }

    /** Puts what was loaded into the cache, unless the hold was refused or broken meanwhile. */
    private Loaded fill(Object keyHandle, @Nullable V value, @Nullable StoredRecord seen, Hold hold) {
        if (value == null) {
            return Loaded.NOTHING;
        }
        Object handle = values.valueHandle(value);
        Put put = new Put(keyHandle, handle, context.expiration().rule());
        if (!hold.isGranted() || !store(put, seen, hold)) {
            context.metrics().count(MetricName.LOADS_NOT_STORED);
        }
        return new Loaded(handle, null);
    }

    private boolean store(Put put, @Nullable StoredRecord seenAtFirst, Hold hold) {
        StoredRecord seen = seenAtFirst;
        while (true) {
            EntryOp asked = conditional.withExpiry(put, conditional.preview(put, seen));
            Outcome outcome = conditional.apply(asked, seen, hold);
            if (outcome.status() != Outcome.Status.CONFLICT) {
                return outcome.applied();
            }
            // Only an expiry leaves the hold of a load in place: nobody changed the entry.
            seen = client.read(put.key());
        }
    }

    /**
     * Calls the loader for the entry processor that holds the key; the processor's own apply stores the value.
     *
     * @throws CacheLoaderException if the loader failed
     */
    public @Nullable V loadForProcessor(K key) {
        return callLoader(key);
    }

    private @Nullable V callLoader(K key) {
        context.metrics().count(MetricName.LOADS);
        try {
            return loader.load(key);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private CacheLoaderException failure(RuntimeException cause) {
        context.metrics().count(MetricName.LOAD_FAILURES);
        return cause instanceof CacheLoaderException own
                ? own
                : new CacheLoaderException("the cache loader of cache '" + context.cacheName() + "' failed", cause);
    }

    private record Claim<K>(K key, Object handle, @Nullable StoredRecord seen, Hold hold) {}

    /**
     * Loads several keys with one call of the loader; keys that somebody else is loading are waited for.
     *
     * @param replace whether keys that are present are loaded again
     * @return the values that are there afterwards
     * @throws CacheLoaderException if the loader failed; what was loaded before stays
     */
    public Map<K, V> loadAll(Collection<? extends K> keys, boolean replace) {
        Map<K, V> results = new LinkedHashMap<>();
        List<Claim<K>> claims = new ArrayList<>();
        List<K> taken = new ArrayList<>();
        List<Hold> holds = new ArrayList<>();
        try {
            for (K key : keys) {
                Object handle = values.keyHandle(key);
                Hold hold = client.tryHold(handle, HoldKind.LOAD);
                holds.add(hold);
                if (!hold.isGranted()) {
                    taken.add(key);
                    continue;
                }
                StoredRecord seen = client.read(handle);
                V present = replace ? null : values.value(seen);
                if (present == null) {
                    claims.add(new Claim<>(values.key(handle), handle, seen, hold));
                } else {
                    results.put(key, present);
                    hold.close();
                }
            }
            if (!claims.isEmpty()) {
                loadClaimed(claims, results);
            }
        } finally {
            for (Hold hold : holds) {
                hold.close();
            }
        }
        for (K key : taken) {
            V value = load(key, replace);
            if (value != null) {
                results.put(key, value);
            }
        }
        return results;
    }

    private void loadClaimed(List<Claim<K>> claims, Map<K, V> results) {
        List<K> keys = new ArrayList<>(claims.size());
        for (Claim<K> claim : claims) {
            keys.add(claim.key());
        }
        context.metrics().add(MetricName.LOADS, keys.size());
        Map<K, V> loaded;
        try {
            loaded = loader.loadAll(keys);
        } catch (RuntimeException e) {
            CacheLoaderException failure = failure(e);
            for (Claim<K> claim : claims) {
                claim.hold().release(new Loaded(null, failure));
            }
            throw failure;
        }
        for (Claim<K> claim : claims) {
            V value = loaded == null ? null : loaded.get(claim.key());
            claim.hold().release(fill(claim.handle(), value, claim.seen(), claim.hold()));
            if (value != null) {
                results.put(claim.key(), value);
            }
        }
    }
}
