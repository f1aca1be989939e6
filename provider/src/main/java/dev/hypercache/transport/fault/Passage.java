package dev.hypercache.transport.fault;

/** A message on its way through the faults: what happens when it arrives, and what the faults tell it before. */
interface Passage {

    /** It arrives; twice if {@link #repeated} was called. */
    void arrive();

    /** It, or its copy, will not arrive. */
    void lose();

    /**
     * It does not arrive yet.
     *
     * @param untilNanos when it will
     */
    default void held(long untilNanos) {}

    /** A copy of it is under way, too. */
    default void repeated() {}
}
