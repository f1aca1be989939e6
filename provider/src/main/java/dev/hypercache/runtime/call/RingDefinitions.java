package dev.hypercache.runtime.call;

import java.util.List;

/** The definitions of a ring's caches, as one of its nodes knows them. Safe for use by any threads. */
public interface RingDefinitions {

    /** Those of a node that agrees with nobody. */
    RingDefinitions NONE = new RingDefinitions() {
        @Override
        public List<DefinedCache> confirmed() {
            return List.of();
        }

        @Override
        public List<DefinedCache> known() {
            return List.of();
        }

        @Override
        public List<TraitDifference> driftOf(int id) {
            return List.of();
        }
    };

    /**
     * The caches that the ring has now, by ascending id, whether they are open here or not; asks the ring.
     *
     * @throws RequestFailedException if it does not answer
     */
    List<DefinedCache> confirmed();

    /** The same as far as this node knows, which other nodes may have changed. */
    List<DefinedCache> known();

    /** In what this node's own configuration of a cache differs from the ring's; nothing if the cache is not open here. */
    List<TraitDifference> driftOf(int id);
}
