package dev.hypercache.core.ring;

/**
 * The number of a slot table; each change of the table gives the next one.
 *
 * @param number 1 or more
 */
public record RingEpoch(long number) implements Comparable<RingEpoch> {

    public RingEpoch {
        if (number < 1) {
            throw new IllegalArgumentException("an epoch's number must be 1 or more, but is " + number);
        }
    }

    @Override
    public int compareTo(RingEpoch other) {
        return Long.compare(number, other.number);
    }
}
