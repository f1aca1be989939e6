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

    private boolean store(Put put, @Nullable StoredRecord seen, Hold hold) {
        EntryOp asked = conditional.withExpiry(put, conditional.preview(put, seen));
        return stored(put, conditional.apply(asked, seen, hold), hold);
    }

    /** Whether the value is in the cache, in the end. */
    private boolean stored(Put put, Outcome first, Hold hold) {
        Outcome outcome = first;
        while (outcome.status() == Outcome.Status.CONFLICT) {
            // Only an expiry leaves the hold of a load in place: nobody changed the entry.
            StoredRecord seen = client.read(put.key());
            EntryOp asked = conditional.withExpiry(put, conditional.preview(put, seen));
            outcome = conditional.apply(asked, seen, hold);
        }
        return outcome.applied();
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

    /** A key that the caller asked for and holds. */
    private record Claim<K>(K key, Object handle, Hold hold) {}

    /** A key that must be loaded. */
    private record Missing<K>(
            K key, Claim<K> claim, @Nullable StoredRecord seen) {}

    /**
     * Loads several keys with one call of the loader; keys that somebody else is loading are waited for.
     *
     * @param replace whether keys that are present are loaded again
     * @return the values that are there afterwards
     * @throws CacheLoaderException if the loader failed; what was loaded before stays
     */
    public Map<K, V> loadAll(Collection<? extends K> keys, boolean replace) {
        Map<K, V> results = new LinkedHashMap<>();
        List<K> all = List.copyOf(keys);
        List<Object> handles = new ArrayList<>(all.size());
        all.forEach(key -> handles.add(values.keyHandle(key)));
        List<K> taken = new ArrayList<>();
        List<Hold> holds = client.tryHoldAll(handles, HoldKind.LOAD);
        try {
            List<Claim<K>> granted = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (holds.get(i).isGranted()) {
                    granted.add(new Claim<>(all.get(i), handles.get(i), holds.get(i)));
                } else {
                    taken.add(all.get(i));
                }
            }
            loadGranted(granted, replace, results);
        } finally {
            client.together(() -> holds.forEach(Hold::close));
        }
        for (K key : taken) {
            V value = load(key, replace);
            if (value != null) {
                results.put(key, value);
            }
        }
        return results;
    }

    private void loadGranted(List<Claim<K>> granted, boolean replace, Map<K, V> results) {
        List<@Nullable StoredRecord> seen =
                client.readAll(granted.stream().map(Claim::handle).toList());
        List<Hold> unneeded = new ArrayList<>();
        List<Missing<K>> missing = new ArrayList<>();
        for (int i = 0; i < granted.size(); i++) {
            Claim<K> claim = granted.get(i);
            V present = replace ? null : values.value(seen.get(i));
            if (present == null) {
                missing.add(new Missing<>(values.key(claim.handle()), claim, seen.get(i)));
            } else {
                results.put(claim.key(), present);
                unneeded.add(claim.hold());
            }
        }
        client.together(() -> unneeded.forEach(Hold::close));
        if (!missing.isEmpty()) {
            loadMissing(missing, results);
        }
    }

    private void loadMissing(List<Missing<K>> missing, Map<K, V> results) {
        List<K> keys = missing.stream().map(Missing::key).toList();
        context.metrics().add(MetricName.LOADS, keys.size());
        Map<K, V> loaded;
        try {
            loaded = loader.loadAll(keys);
        } catch (RuntimeException e) {
            CacheLoaderException failure = failure(e);
            client.together(() -> missing.forEach(one -> one.claim().hold().release(new Loaded(null, failure))));
            throw failure;
        }
        List<Loaded> filled = fill(missing, loaded == null ? Map.of() : loaded);
        client.together(() -> {
            for (int i = 0; i < missing.size(); i++) {
                missing.get(i).claim().hold().release(filled.get(i));
            }
        });
        for (Missing<K> one : missing) {
            V value = loaded == null ? null : loaded.get(one.key());
            if (value != null) {
                results.put(one.key(), value);
            }
        }
    }

    /** Puts what was loaded into the cache, together; what was loaded for each key, in their order. */
    private List<Loaded> fill(List<Missing<K>> missing, Map<K, V> loaded) {
        List<Loaded> filled = new ArrayList<>(missing.size());
        List<Missing<K>> found = new ArrayList<>();
        List<EntryOp> puts = new ArrayList<>();
        for (Missing<K> one : missing) {
            V value = loaded.get(one.key());
            if (value == null) {
                filled.add(Loaded.NOTHING);
                continue;
            }
            Object handle = values.valueHandle(value);
            filled.add(new Loaded(handle, null));
            found.add(one);
            puts.add(new Put(one.claim().handle(), handle, context.expiration().rule()));
        }
        List<EntryOp> asked = new ArrayList<>(puts.size());
        List<Hold> holds = new ArrayList<>(puts.size());
        for (int i = 0; i < puts.size(); i++) {
            StoredRecord seen = found.get(i).seen();
            EntryOp put = conditional.withExpiry(puts.get(i), conditional.preview(puts.get(i), seen));
            asked.add(ConditionalApply.at(put, seen));
            holds.add(found.get(i).claim().hold());
        }
        List<Outcome> outcomes = client.executeAll(asked, holds);
        for (int i = 0; i < puts.size(); i++) {
            if (!stored((Put) puts.get(i), outcomes.get(i), holds.get(i))) {
                context.metrics().count(MetricName.LOADS_NOT_STORED);
            }
        }
        return filled;
    }
}
