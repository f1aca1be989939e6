package dev.hypercache.runtime.call;

/** The statistics of one cache over all members of its ring. Waits for other members for up to the request timeout. */
public interface RingStatistics {

    /**
     * The sum of what all members count.
     *
     * @param ageMaxMillis how old the numbers of other members may be; those of this one are always of now
     */
    RingCounts read(long ageMaxMillis);

    /** Lets every member begin to count anew. */
    RingCounts clear();

    /** Lets every member count what is done to the cache, or not; also those that join later. */
    RingCounts turn(boolean on);

    /** Whether the ring counts what is done to the cache, as far as this member knows. */
    boolean isOn();
}
