package dev.hypercache.spi;

/**
 * One life of a node: from its start to the loss of its memory.
 *
 * <p>A node that restarts under its name is a new node, since it remembers nothing; its boot id tells the lives apart. The
 * topology log numbers them at admission and never a clock, so a greater number proves the lesser ones of the same name
 * dead (CONSISTENCY §5, proof of death).
 *
 * @param bootId 1 or more as the log counted it, or 0 for a node not yet admitted
 */
public record Incarnation(long bootId) implements Comparable<Incarnation> {

    /** The incarnation of a node that no ring has admitted yet. */
    public static final Incarnation UNADMITTED = new Incarnation(0);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the boot id is negative
     */
    public Incarnation {
        if (bootId < 0) {
            throw new IllegalArgumentException(
                    "bootId is " + bootId + ": it is 0 before a ring admitted the node, and 1 or more afterwards.");
        }
    }

    /**
     * Tells whether a ring has admitted the node in this life.
     *
     * @return false for {@link #UNADMITTED} alone
     */
    public boolean isAdmitted() {
        return bootId != 0;
    }

    @Override
    public int compareTo(Incarnation other) {
        return Long.compare(bootId, other.bootId);
    }

    @Override
    public String toString() {
        return Long.toString(bootId);
    }
}
