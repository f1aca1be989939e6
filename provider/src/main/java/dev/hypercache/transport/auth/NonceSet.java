package dev.hypercache.transport.auth;

/**
 * A set of nonces that only grows: two longs a slot in one array, open addressing with linear probing, at most three quarters
 * full. An object for each nonce would take five times as much.
 *
 * <p>Nonces are chosen by whoever holds a key, so where they are put depends on a salt: without it a client could send ones that
 * all fall on the same slots.
 *
 * <p>Not safe for use by several threads.
 */
final class NonceSet {

    private static final int SLOTS_LEAST = 1_024;

    private final int slotsMax;
    private final long salt;
    private long[] words = {};
    private int size;

    /**
     * Makes an empty set, which takes no memory yet.
     *
     * @param noncesMax how many it can hold
     * @param salt unpredictable
     */
    NonceSet(int noncesMax, long salt) {
        this.slotsMax = noncesMax + noncesMax / 3 + 1;
        this.salt = salt;
    }

    int size() {
        return size;
    }

    boolean contains(Nonce nonce) {
        return size > 0 && !isFree(words, slotOf(nonce, words));
    }

    /** Adds a nonce that is not there, other than the one of zeros, to a set that is not full. */
    void add(Nonce nonce) {
        if (4 * (size + 1L) > 3L * (words.length / 2)) {
            grow();
        }
        put(nonce, words);
        size++;
    }

    private void grow() {
        long[] larger = new long[2 * Math.min(slotsMax, Math.max(SLOTS_LEAST, words.length))];
        for (int i = 0; i < words.length; i += 2) {
            if (!isFree(words, i)) {
                put(new Nonce(words[i], words[i + 1]), larger);
            }
        }
        words = larger;
    }

    private void put(Nonce nonce, long[] to) {
        int slot = slotOf(nonce, to);
        to[slot] = nonce.high();
        to[slot + 1] = nonce.low();
    }

    /** Where the nonce is, or else the free slot where it would be. */
    private int slotOf(Nonce nonce, long[] in) {
        int slot = 2 * (int) Long.remainderUnsigned(mix(mix(nonce.high() ^ salt) ^ nonce.low()), in.length / 2);
        while (!isFree(in, slot) && (in[slot] != nonce.high() || in[slot + 1] != nonce.low())) {
            slot = slot + 2 == in.length ? 0 : slot + 2;
        }
        return slot;
    }

    private static boolean isFree(long[] in, int slot) {
        return (in[slot] | in[slot + 1]) == 0;
    }

    /** Variant 13 of Stafford's mixers: each bit of the result depends on all bits. */
    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
