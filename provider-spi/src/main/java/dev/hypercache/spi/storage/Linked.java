package dev.hypercache.spi.storage;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A record that brings along what a hash table on the heap needs to file it: a place for its key, its hash and a link.
 *
 * <p>A table that wraps each record in a node of its own costs a reader one more step through memory, and a cache as much
 * heap again. A store may file such records as they are; one that does not need the link ignores it. A record belongs to
 * the one store that filed it; a store that is given a record of another one files a {@link #copy}.
 *
 * <p><b>Threading.</b> One writer at a time calls {@link #file} and {@link #link} on the records of a table. Readers need no
 * lock: they see a record's key and hash if they found the record by an acquiring read, and every link whole.
 */
public abstract class Linked {

    private static final VarHandle NEXT = nextHandle();

    private @Nullable Object key;
    private int hash;

    @SuppressWarnings("UnusedVariable") // Read through NEXT.
    private @Nullable Linked next;

    /** Makes a record that no store has filed. */
    protected Linked() {}

    private static VarHandle nextHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Linked.class, "next", Linked.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Makes a record of the same content that no store has filed.
     *
     * @return the copy
     */
    public abstract Linked copy();

    /**
     * Files this record, once, before anybody else can see it in its store.
     *
     * @param filedKey the key's handle
     * @param filedHash the hash that the store uses for the key
     * @param follower the record to link to, or null
     */
    public final void file(Object filedKey, int filedHash, @Nullable Linked follower) {
        key = filedKey;
        hash = filedHash;
        next = follower;
    }

    /**
     * Tells whether a store has filed this record.
     *
     * @return true from {@link #file} on
     */
    public final boolean isFiled() {
        return key != null;
    }

    /**
     * Tells whether this record is filed under a key.
     *
     * @param sought the key's handle
     * @param soughtHash its hash
     * @return true if the keys are the same or equal
     */
    public final boolean isFiledUnder(Object sought, int soughtHash) {
        Object mine = key;
        return mine == sought || (hash == soughtHash && sought.equals(mine));
    }

    /**
     * Returns the key's handle.
     *
     * @return what {@link #file} was given
     */
    public final Object filedKey() {
        return requireNonNull(key, "key");
    }

    /**
     * Returns the key's hash.
     *
     * @return what {@link #file} was given
     */
    public final int filedHash() {
        return hash;
    }

    /**
     * Returns the record that this one links to.
     *
     * @return the record, or null at the end of the list
     */
    public final @Nullable Linked next() {
        return (Linked) NEXT.getAcquire(this);
    }

    /**
     * Links this record to another one, which readers see from now on.
     *
     * @param follower the record to link to, or null
     */
    public final void link(@Nullable Linked follower) {
        NEXT.setRelease(this, follower);
    }
}
