package dev.hypercache.core.node;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which copies of one client's mutations were seen: the attempts of each mutation that the client may still ask for.
 *
 * <p>Mostly these are one or two mutations of one attempt each, and they come in their order, so they stand in one array: a
 * request that finds nothing to forget or to look for touches a line or two of memory. Confined to its slot.
 */
final class ClientCopies {

    private static final int PAIRS_FIRST = 4;

    private final long client;
    /** A sequence and the set of its attempts below 64, and so on by ascending sequence, from {@code begin} to {@code end}. */
    private long[] pairs = new long[2 * PAIRS_FIRST];

    private int begin;
    private int end;
    /** The attempts from 64 on, if there are any. */
    private @Nullable SortedMap<Long, BitSet> late;

    private long lowestUnanswered;
    private long newestIssuedAtMillis = Long.MIN_VALUE;

    ClientCopies(long client) {
        this.client = client;
    }

    long client() {
        return client;
    }

    /** A token of the client came. */
    void issuedAt(long millis) {
        newestIssuedAtMillis = Math.max(newestIssuedAtMillis, millis);
    }

    boolean isSilentSince(long millis) {
        return newestIssuedAtMillis < millis;
    }

    /** How many mutations are remembered. */
    int size() {
        return (end - begin) / 2;
    }

    /** Forgets what the client does not ask for any more; tells how many mutations that were. */
    int answered(long below) {
        if (below <= lowestUnanswered) {
            return 0;
        }
        lowestUnanswered = below;
        int before = begin;
        while (begin < end && pairs[begin] < below) {
            begin += 2;
        }
        int forgotten = (begin - before) / 2;
        if (late != null) {
            late.headMap(below).clear();
        }
        if (begin == end) {
            begin = 0;
            end = 0;
            pairs = pairs.length > 64 * PAIRS_FIRST ? new long[2 * PAIRS_FIRST] : pairs;
        }
        return forgotten;
    }

    /** Whether the client said that it asks for this mutation no more. */
    boolean isAnswered(long sequence) {
        return sequence < lowestUnanswered;
    }

    /** Whether any copy of a mutation was seen. */
    boolean contains(long sequence) {
        int place = placeOf(sequence);
        return place < end && pairs[place] == sequence;
    }

    /** Remembers a mutation of which no copy was seen before. */
    void add(long sequence) {
        int place = placeOf(sequence);
        if (end == pairs.length) {
            place -= begin;
            makeRoom();
        }
        System.arraycopy(pairs, place, pairs, place + 2, end - place);
        pairs[place] = sequence;
        pairs[place + 1] = 0;
        end += 2;
    }

    private void makeRoom() {
        int length = end - begin;
        long[] roomy = length > pairs.length / 2 ? new long[2 * pairs.length] : pairs;
        System.arraycopy(pairs, begin, roomy, 0, length);
        pairs = roomy;
        begin = 0;
        end = length;
    }

    /** Remembers a copy of a mutation that was added; false if it was seen before. */
    boolean see(long sequence, int attempt) {
        if (attempt >>> 6 != 0) {
            return seeLate(sequence, attempt);
        }
        int attempts = placeOf(sequence) + 1;
        long seen = pairs[attempts];
        pairs[attempts] = seen | 1L << attempt;
        return pairs[attempts] != seen;
    }

    private boolean seeLate(long sequence, int attempt) {
        SortedMap<Long, BitSet> attempts = late;
        if (attempts == null) {
            attempts = new TreeMap<>();
            late = attempts;
        }
        BitSet seen = attempts.computeIfAbsent(sequence, unused -> new BitSet());
        boolean isNew = !seen.get(attempt);
        seen.set(attempt);
        return isNew;
    }

    /** Where a sequence stands, or would. */
    private int placeOf(long sequence) {
        if (begin == end || pairs[end - 2] < sequence) {
            return end;
        }
        int low = begin / 2;
        int high = end / 2 - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pairs[2 * middle] < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }

    @Override
    public String toString() {
        return "ClientCopies[" + client + ", from " + lowestUnanswered + ", "
                + Arrays.toString(Arrays.copyOfRange(pairs, begin, end)) + "]";
    }
}
