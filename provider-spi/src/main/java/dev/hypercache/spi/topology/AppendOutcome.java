package dev.hypercache.spi.topology;

/** How an append ended when the log answered. */
public sealed interface AppendOutcome {

    /**
     * The change is in the log for good.
     *
     * @param index its index: the expected one plus 1
     */
    record Appended(long index) implements AppendOutcome {}

    /**
     * The change is not in the log through this call: others were faster.
     *
     * @param lastIndex an index, other than the expected one, that the log had reached
     */
    record Conflict(long lastIndex) implements AppendOutcome {}
}
