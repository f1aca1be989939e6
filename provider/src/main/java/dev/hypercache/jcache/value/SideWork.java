package dev.hypercache.jcache.value;

/**
 * What the operations of one cache have to do beside the operation itself.
 *
 * <p>Most caches have no listener, loader or statistics, and their operations find that out by one look instead of one for
 * each. Safe for use by any number of threads.
 */
public final class SideWork {

    /** Operations are counted and timed. */
    public static final int STATISTICS = 1;
    /** Somebody has listened to the cache. */
    public static final int LISTENERS = 1 << 1;
    /** A read may move an entry's end of life. */
    public static final int ACCESS_EXPIRY = 1 << 2;
    /** A read loads what it misses. */
    public static final int READ_THROUGH = 1 << 3;
    /** The cache is closed: operations fail. */
    public static final int CLOSED = 1 << 4;

    private volatile int kinds;

    /** Whether an operation is all there is to do. */
    public boolean isNone() {
        return kinds == 0;
    }

    /** Whether there is work of one kind. */
    public boolean has(int kind) {
        return (kinds & kind) != 0;
    }

    /** Begins or ends work of one kind. */
    public synchronized void set(int kind, boolean on) {
        kinds = on ? kinds | kind : kinds & ~kind;
    }
}
