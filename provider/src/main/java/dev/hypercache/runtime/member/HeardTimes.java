package dev.hypercache.runtime.member;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each member was heard last: written with every frame by any thread, read now and then by one that looks for changes.
 *
 * <p>As large as the greatest short id of a member, at most 4,096.
 */
final class HeardTimes {

    /** A member was not heard yet. */
    private static final long NEVER = Long.MIN_VALUE;

    private volatile AtomicLongArray heardAtMillis = new AtomicLongArray(0);
    private long[] seenMillis = new long[0];

    /** Is told of each member that was heard. */
    @FunctionalInterface
    interface Reader {

        void heard(int member, long atMillis);
    }

    void heard(int member, long now) {
        AtomicLongArray times = heardAtMillis;
        if (member >= 0 && member < times.length()) {
            times.lazySet(member, now);
        }
    }

    /** Replaces the members; to be called as {@link #look} is, by one thread at a time. */
    void watch(Collection<Integer> members) {
        int size = members.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        long[] times = new long[size];
        Arrays.fill(times, NEVER);
        seenMillis = times.clone();
        heardAtMillis = new AtomicLongArray(times);
    }

    /** Tells who of these was heard since the last look. */
    void look(Collection<Integer> members, Reader reader) {
        AtomicLongArray times = heardAtMillis;
        for (int member : members) {
            long atMillis = times.get(member);
            if (atMillis != seenMillis[member]) {
                seenMillis[member] = atMillis;
                reader.heard(member, atMillis);
            }
        }
    }
}
