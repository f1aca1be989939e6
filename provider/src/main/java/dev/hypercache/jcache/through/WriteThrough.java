package dev.hypercache.jcache.through;

import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import java.util.Collection;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/** The application's writer, with its failures in the form that JSR-107 wants. */
public final class WriteThrough<K, V> {

    private final CacheWriter<? super K, ? super V> writer;
    private final MetricSet metrics;
    private final Invalidations invalidations;

    public WriteThrough(CacheWriter<? super K, ? super V> writer, MetricSet metrics, Invalidations invalidations) {
        this.writer = writer;
        this.metrics = metrics;
        this.invalidations = invalidations;
    }

    /** Where keys go that were written and may not have been applied. */
    public Invalidations invalidations() {
        return invalidations;
    }

    /**
     * Applies what was written. If that fails, or nobody knows, the cache forgets the keys as soon as it can.
     *
     * @throws CacheException what stood in the way
     */
    public <T> T applied(Collection<Object> keys, Supplier<T> apply) {
        try {
            return apply.get();
        } catch (CacheException e) {
            invalidations.add(keys);
            throw e;
        }
    }

    /**
     * Writes one entry.
     *
     * @throws CacheWriterException if the writer failed
     */
    public void write(Cache.Entry<K, V> entry) {
        metrics.count(MetricName.WRITES);
        try {
            writer.write(entry);
        } catch (RuntimeException e) {
            throw failure("write", e);
        }
    }

    /**
     * Deletes one key, whether or not the cache has it.
     *
     * @throws CacheWriterException if the writer failed
     */
    public void delete(K key) {
        metrics.count(MetricName.WRITES);
        try {
            writer.delete(key);
        } catch (RuntimeException e) {
            throw failure("delete", e);
        }
    }

    /**
     * Writes several entries.
     *
     * @param entries mutable; after a failure it holds what was not written
     * @return the failure, null if all were written
     */
    public @Nullable CacheWriterException writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        metrics.count(MetricName.WRITES);
        try {
            writer.writeAll(narrow(entries));
            return null;
        } catch (RuntimeException e) {
            return failure("writeAll", e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // CacheWriter<? super K, ? super V> takes entries of K and V.
    private static <A, B> Collection<Cache.Entry<? extends A, ? extends B>> narrow(Collection entries) {
        return entries;
    }

    /**
     * Deletes several keys.
     *
     * @param keys mutable; after a failure it holds what was not deleted
     * @return the failure, null if all were deleted
     */
    public @Nullable CacheWriterException deleteAll(Collection<K> keys) {
        metrics.count(MetricName.WRITES);
        try {
            writer.deleteAll(keys);
            return null;
        } catch (RuntimeException e) {
            return failure("deleteAll", e);
        }
    }

    private CacheWriterException failure(String call, RuntimeException cause) {
        metrics.count(MetricName.WRITE_FAILURES);
        return cause instanceof CacheWriterException own
                ? own
                : new CacheWriterException("the cache writer failed in " + call + "; the cache is unchanged", cause);
    }
}
