package dev.hypercache.transport.fault;

import java.util.Objects;

/**
 * What happens to the messages from one node to another. Start from {@link #NONE}:
 *
 * <pre>{@code
 * LinkFaults.NONE.dropping(0.05).delaying(new Delay(ofMillis(1), ofMillis(5), ofMillis(200)))
 * }</pre>
 *
 * @param drop the share of messages that are lost, 0 to 1
 * @param duplicate the share of requests and posts that arrive twice, 0 to 1. Of two replies the second would be dropped,
 *     so replies are not duplicated
 * @param delay how long messages take. It keeps the order of each lane, as a connection does
 * @param reorder the share of messages that stay behind while later ones of their lane overtake, 0 to 1
 * @param reorderBy how much longer those take
 */
public record LinkFaults(double drop, double duplicate, Delay delay, double reorder, Delay reorderBy) {

    /** Messages arrive once, in order, at once. */
    public static final LinkFaults NONE = new LinkFaults(0, 0, Delay.NONE, 0, Delay.NONE);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a share is not between 0 and 1
     */
    public LinkFaults {
        requireShare("drop", drop);
        requireShare("duplicate", duplicate);
        requireShare("reorder", reorder);
        Objects.requireNonNull(delay, "delay");
        Objects.requireNonNull(reorderBy, "reorderBy");
    }

    /**
     * Loses messages.
     *
     * @param share how many, 0 to 1
     * @return these faults with that share
     */
    public LinkFaults dropping(double share) {
        return new LinkFaults(share, duplicate, delay, reorder, reorderBy);
    }

    /**
     * Repeats requests and posts.
     *
     * @param share how many, 0 to 1
     * @return these faults with that share
     */
    public LinkFaults duplicating(double share) {
        return new LinkFaults(drop, share, delay, reorder, reorderBy);
    }

    /**
     * Delays messages, in order.
     *
     * @param by how long they take
     * @return these faults with that delay
     */
    public LinkFaults delaying(Delay by) {
        return new LinkFaults(drop, duplicate, by, reorder, reorderBy);
    }

    /**
     * Lets messages be overtaken.
     *
     * @param share how many, 0 to 1
     * @param by how much longer than the others they take
     * @return these faults with that share and delay
     */
    public LinkFaults reordering(double share, Delay by) {
        return new LinkFaults(drop, duplicate, delay, share, by);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is " + share + ": a share ranges from 0 to 1.");
        }
    }
}
