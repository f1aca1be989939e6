package dev.hypercache.sim;

import dev.hypercache.core.ring.KeyHash;

/** A key of a simulated cache. */
record SimKey(int cache, int index) implements KeyHash {

    @Override
    public long hash64() {
        long mixed = cache * 0x9E3779B97F4A7C15L + index * 0xC2B2AE3D27D4EB4FL;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    int slot(int slots) {
        return index % slots;
    }

    @Override
    public String toString() {
        return "c" + cache + "k" + index;
    }
}
