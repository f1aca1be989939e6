package dev.hypercache.runtime.ring;

import dev.hypercache.core.op.CacheCounts;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** One question to all other members for what they count: who has not answered yet, and the sum of those who have. */
final class CountsRound {

    private final Set<Integer> silent = new TreeSet<>();
    private CacheCounts sum = CacheCounts.NONE;

    CountsRound(int[] members) {
        for (int member : members) {
            silent.add(member);
        }
    }

    /** A member answered; what it repeats does not count. */
    synchronized void told(int member, CacheCounts counts) {
        if (silent.remove(member)) {
            sum = sum.plus(counts);
            notifyAll();
        }
    }

    /**
     * Waits until nobody is silent but those who are excused, or for {@code millis}.
     *
     * @return whether that is so
     */
    synchronized boolean await(long millis, IntPredicate excused) throws InterruptedException {
        long limitNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!silent.stream().allMatch(excused::test)) {
            long leftNanos = limitNanos - System.nanoTime();
            if (leftNanos <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
        }
        return true;
    }

    /** Who has not answered, in ascending order. */
    synchronized Set<Integer> silent() {
        return new TreeSet<>(silent);
    }

    synchronized CacheCounts sum() {
        return sum;
    }
}
