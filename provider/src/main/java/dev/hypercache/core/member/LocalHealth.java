package dev.hypercache.core.member;

/**
 * How much a node has to doubt itself: who is slow sees everybody else as slow (Lifeguard's local health multiplier).
 *
 * <p>Each sign of its own slowness makes all its timeouts longer by their own length, up to {@value #SLOWNESS_MAX} times; each
 * probe that is answered takes one back.
 */
final class LocalHealth {

    static final int SLOWNESS_MAX = 8;

    private int slowness;

    int slowness() {
        return slowness;
    }

    boolean isWorst() {
        return slowness == SLOWNESS_MAX;
    }

    void worse(int signs) {
        slowness = Math.min(SLOWNESS_MAX, slowness + signs);
    }

    void better() {
        slowness = Math.max(0, slowness - 1);
    }

    /** A time to wait, as long as this node needs it. */
    long stretched(long millis) {
        return millis * (1 + slowness);
    }
}
