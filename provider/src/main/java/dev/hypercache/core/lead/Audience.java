package dev.hypercache.core.lead;

import java.util.Collection;
import java.util.List;

/** Who wants to be told of the changes of which cache, as far as this node knows. Safe for use by any threads. */
public interface Audience {

    /** Nobody. */
    Audience NONE = new Audience() {
        @Override
        public List<Listening> of(int cache) {
            return List.of();
        }

        @Override
        public Collection<Integer> caches() {
            return List.of();
        }

        @Override
        public boolean reserve(long bytes) {
            return false;
        }

        @Override
        public void release(long bytes) {}
    };

    /**
     * A member with listeners.
     *
     * @param synchronous whether somebody is to wait for some of them
     * @param wantsOld whether some want to know what a new value took the place of
     */
    record Listening(int member, boolean synchronous, boolean wantsOld) {}

    /** The members with listeners of a cache, each once. */
    List<Listening> of(int cache);

    /** The caches with listeners. */
    Collection<Integer> caches();

    /** Takes room for changes that wait until they are heard; false if there is none left on this node. */
    boolean reserve(long bytes);

    /** Gives room back. */
    void release(long bytes);
}
