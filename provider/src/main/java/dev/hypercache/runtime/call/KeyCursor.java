package dev.hypercache.runtime.call;

/** Walks over keys. For one thread at a time. */
public interface KeyCursor {

    /**
     * Goes on to the next key.
     *
     * @return false if there is none
     */
    boolean advance();

    /** The key that the cursor stands on. */
    Object key();
}
