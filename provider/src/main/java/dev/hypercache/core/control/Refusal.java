package dev.hypercache.core.control;

/**
 * Why a change, or one slot step of it, changed nothing.
 *
 * @param reason the rule that it broke
 * @param slot the slot of the step, or {@link #NO_SLOT}
 * @param detail a sentence for logs and operators
 */
public record Refusal(Reason reason, int slot, String detail) {

    /** In place of a slot when a whole command was refused. */
    public static final int NO_SLOT = -1;

    /** What stands against a change. */
    public enum Reason {
        /** Nobody can read it. */
        UNREADABLE,
        /** No ring is founded yet. */
        NO_RING,
        /** A ring is founded already. */
        RING_EXISTS,
        /** This life of the node is admitted already. */
        ALREADY_ADMITTED,
        /** Who is named is no member. */
        NOT_A_MEMBER,
        /** A ring keeps one member. */
        LAST_MEMBER,
        /** The ring has as many members as it may have. */
        RING_FULL,
        /** Members and slots take all short ids: complete the switches that mention removed members. */
        NO_SHORT_ID,
        /** A cache of that name exists. */
        CACHE_EXISTS,
        /** No cache has that id. */
        NO_SUCH_CACHE,
        /** Who is named has the cache open already. */
        ALREADY_USER,
        /** Who is named does not have the cache open. */
        NOT_A_USER,
        /** The ring has as many caches as it may have, by number or by bytes. */
        CATALOG_FULL,
        /** The ring has no such slot. */
        NO_SUCH_SLOT,
        /** The slot has left the epoch that the step was computed from, or never was in it. */
        OTHER_EPOCH,
        /** The slot has no epoch left. */
        NO_EPOCH,
        /** The slot is switching. */
        SWITCHING,
        /** The slot is not switching. */
        NOT_SWITCHING,
        /** Who is named holds the slot already. */
        ALREADY_HOLDER,
        /** Who is named is not being filled and does not vote: it must learn first. */
        NOT_A_HOLDER,
        /** The slot has, or would have, more learners or voters than it may have. */
        TOO_MANY_HOLDERS,
        /** The new voters are the old ones. */
        SAME_VOTERS,
        /** An order of voters names others than the voters. */
        OTHER_VOTERS,
        /** The change is of another ring or generation. */
        OTHER_RING,
        /** The slot has a majority of members among its voters, so nothing is lost. */
        NOT_LOST,
        /** The slot may have lost something, and only an operator may reset it. */
        BLOCKED
    }
}
