package dev.hypercache.core.repair;

import dev.hypercache.core.message.SlotRoot;
import java.util.List;

/**
 * The roots of some slots in 128 bits. Both sides of a pair list the same slots in the same order, or their digests differ.
 *
 * @param sum one half
 * @param mix the other
 */
record PairDigest(long sum, long mix) {

    private static final long ODD_1 = 0x9E3779B97F4A7C15L;
    private static final long ODD_2 = 0xC2B2AE3D27D4EB4FL;

    static PairDigest of(List<SlotRoot> roots) {
        long sum = roots.size();
        long mix = ODD_1;
        for (SlotRoot root : roots) {
            sum = scrambled(sum + root.slot() * ODD_1 + scrambled(root.ballot() + root.sum() * ODD_2));
            mix = scrambled(mix ^ scrambled(root.mix() * ODD_1 + root.slot()) + root.ballot() * ODD_2);
        }
        return new PairDigest(sum, mix);
    }

    private static long scrambled(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
