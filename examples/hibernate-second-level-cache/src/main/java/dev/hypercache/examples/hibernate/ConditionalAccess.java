package dev.hypercache.examples.hibernate;

import javax.cache.Cache;
import org.hibernate.cache.jcache.internal.JCacheAccessImpl;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Puts an entity or a collection only where nothing else was put since this thread looked.
 *
 * <p>Hibernate's READ_WRITE strategy looks at what is cached, decides, and puts, under a lock of its own JVM. Another process does
 * not see that lock: a reader that is slow between the two steps would put what it loaded over what a writer has committed
 * meanwhile, and everybody would read it until it expires. So the put names what the thread saw. If that is not there any more,
 * nothing is put, and the next reader loads from the database, which is always right. Soft locks are put as they are: they hide an
 * entry from readers, so one too many costs a statement and nothing else.
 *
 * <p>Safe for use by any threads.
 */
final class ConditionalAccess extends JCacheAccessImpl {
    private final ThreadLocal<@Nullable Seen> lastSeen = new ThreadLocal<>();

    ConditionalAccess(Cache<Object, Object> cache) {
        super(cache);
    }

    @Override
    public @Nullable Object getFromCache(Object key, @Nullable SharedSessionContractImplementor session) {
        Object value = getUnderlyingCache().get(key);
        lastSeen.set(new Seen(key, value));
        return value;
    }

    @Override
    public void putIntoCache(Object key, Object value, @Nullable SharedSessionContractImplementor session) {
        Seen seen = lastSeen.get();
        lastSeen.remove();
        if (value instanceof SoftLock || seen == null || !seen.key().equals(key)) {
            getUnderlyingCache().put(key, value);
        } else if (seen.value() == null) {
            getUnderlyingCache().putIfAbsent(key, value);
        } else {
            getUnderlyingCache().replace(key, seen.value(), value);
        }
    }

    private record Seen(Object key, @Nullable Object value) {}
}
