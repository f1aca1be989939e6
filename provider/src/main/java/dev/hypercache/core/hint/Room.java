package dev.hypercache.core.hint;

/** Asked before a record is sent to a node, besides the window of that node: a limit that the sender keeps for itself. */
@FunctionalInterface
public interface Room {

    /** No limit. */
    Room FREE = (size, again) -> true;

    /**
     * Takes room for a record.
     *
     * @param size its size in bytes, about
     * @param again whether it was sent before
     * @return false if it is to wait
     */
    boolean take(long size, boolean again);
}
