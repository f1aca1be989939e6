package dev.hypercache.spi.topology;

/** Is told that the log has grown. One call at a time; returns soon and does not throw. */
public interface TopologyListener {

    /**
     * The log holds more changes at this member. Calls may be merged: only the newest index counts.
     *
     * @param lastIndex the last change that {@link TopologyLog#read} returns by now; greater than at the call before
     */
    void onAdvanced(long lastIndex);
}
