package dev.hypercache.core.ring;

/**
 * Cuts the ring of 64-bit hashes into a power of two of equal arcs, the slots.
 *
 * <p>A key's slot is the top bits of its hash. The number of slots is fixed when a ring is formed.
 */
public final class SlotSpace {

    /** The most slots that a ring may have. */
    public static final int SLOTS_MAX = 4096;

    private final int slots;
    private final int shift;

    /**
     * @param slots a power of two from 1 to {@link #SLOTS_MAX}
     */
    public SlotSpace(int slots) {
        check(slots);
        this.slots = slots;
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
    }

    /**
     * Checks a number of slots.
     *
     * @throws IllegalArgumentException unless it is a power of two from 1 to {@link #SLOTS_MAX}
     */
    public static void check(int slots) {
        if (slots < 1 || slots > SLOTS_MAX || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException(
                    "the number of slots must be a power of two from 1 to " + SLOTS_MAX + ", but is " + slots);
        }
    }

    /** The number of slots. */
    public int size() {
        return slots;
    }

    /** The slot of a hash, 0 to {@link #size} - 1. */
    public int slotOf(long hash) {
        return (int) (hash >>> shift) & (slots - 1);
    }

    /** How far a hash is shifted to the right until its slot is left; 64 leaves nothing. */
    public int shift() {
        return shift;
    }
}
