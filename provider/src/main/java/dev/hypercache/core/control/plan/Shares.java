package dev.hypercache.core.control.plan;

/**
 * Divides a whole by weight among takers that can take only so much each.
 *
 * <p>Whoever would get more than its cap gets its cap, and the others divide the rest, until all fit. What does not divide
 * evenly goes to the largest remainders and, where these are equal, to whoever holds more already: so nothing moves only
 * because another list of takers would round otherwise. Whole numbers only, so every member computes the same.
 */
final class Shares {

    private Shares() {}

    /**
     * Divides.
     *
     * @param whole what to divide
     * @param weights of each taker, 0 or more
     * @param caps the most that each takes
     * @param held what each holds already
     * @return what each gets; in sum {@code whole}, or all the caps if these are less
     */
    static int[] divide(int whole, long[] weights, int[] caps, int[] held) {
        int[] shares = new int[weights.length];
        boolean[] capped = new boolean[weights.length];
        long rest = whole;
        long weightLeft = 0;
        for (long weight : weights) {
            weightLeft += weight;
        }
        int over;
        while ((over = overCap(rest, weightLeft, weights, caps, capped)) >= 0) {
            capped[over] = true;
            shares[over] = caps[over];
            rest -= caps[over];
            weightLeft -= weights[over];
        }
        if (weightLeft > 0) {
            divideFreely(rest, weightLeft, weights, capped, shares, held);
        }
        return shares;
    }

    private static int overCap(long rest, long weightLeft, long[] weights, int[] caps, boolean[] capped) {
        for (int i = 0; i < weights.length; i++) {
            if (!capped[i] && weights[i] > 0 && rest * weights[i] >= caps[i] * weightLeft) {
                return i;
            }
        }
        return -1;
    }

    private static void divideFreely(
            long rest, long weightLeft, long[] weights, boolean[] capped, int[] shares, int[] held) {
        boolean[] roundedUp = capped.clone();
        long left = rest;
        for (int i = 0; i < shares.length; i++) {
            if (!capped[i]) {
                shares[i] = (int) (rest * weights[i] / weightLeft);
                left -= shares[i];
            }
        }
        for (; left > 0; left--) {
            int next = -1;
            long largest = 0;
            for (int i = 0; i < shares.length; i++) {
                long remainder = rest * weights[i] % weightLeft;
                boolean larger = next < 0 || remainder > largest || (remainder == largest && held[i] > held[next]);
                if (!roundedUp[i] && weights[i] > 0 && larger) {
                    next = i;
                    largest = remainder;
                }
            }
            roundedUp[next] = true;
            shares[next]++;
        }
    }
}
