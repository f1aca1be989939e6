package dev.hypercache.examples.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The keys and values of the comparison, and the order in which keys are used.
 *
 * <p>Keys are asked for with Zipf's frequencies (exponent 0.99, as in the YCSB benchmarks) and in an order that is drawn
 * once from a fixed seed, so that every provider sees the same sequence and no random number is drawn while timing.
 *
 * @param keys the keys
 * @param values one value of 100 bytes for each key
 * @param order indexes into {@code keys}; the length is a power of two
 */
record Workload(String[] keys, byte[][] values, int[] order) {
    static final int VALUE_BYTES = 100;

    private static final int ORDER_LENGTH = 1 << 18;
    private static final double EXPONENT = 0.99;
    private static final long SEED = 20_261_124L;

    static Workload of(int keyCount) {
        SplittableRandom random = new SplittableRandom(SEED);
        String[] keys = new String[keyCount];
        byte[][] values = new byte[keyCount][VALUE_BYTES];
        for (int i = 0; i < keyCount; i++) {
            keys[i] = "customer:" + i;
            random.nextBytes(values[i]);
        }
        return new Workload(keys, values, zipfOrder(shuffled(keyCount, random), random));
    }

    /** Ranks are dealt to the keys at random: else neighbours in rank would be neighbours in memory. */
    private static int[] shuffled(int count, SplittableRandom random) {
        int[] indexes = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            indexes[i] = indexes[j];
            indexes[j] = i;
        }
        return indexes;
    }

    private static int[] zipfOrder(int[] keyOfRank, SplittableRandom random) {
        double[] cumulative = new double[keyOfRank.length];
        double sum = 0;
        for (int rank = 0; rank < cumulative.length; rank++) {
            sum += 1 / Math.pow(rank + 1, EXPONENT);
            cumulative[rank] = sum;
        }
        int[] order = new int[ORDER_LENGTH];
        for (int i = 0; i < order.length; i++) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            int rank = found < 0 ? -found - 1 : found;
            order[i] = keyOfRank[Math.min(rank, keyOfRank.length - 1)];
        }
        return order;
    }
}
