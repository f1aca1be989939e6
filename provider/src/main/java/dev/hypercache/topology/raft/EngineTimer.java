package dev.hypercache.topology.raft;

/**
 * Where the log runs: one task after the other, each with all that those before it wrote in view.
 *
 * <p>{@link EngineThread} is the one of a process; the simulator has its own, in virtual time.
 */
public interface EngineTimer {

    /** A steady clock, in milliseconds from any beginning; never goes back. */
    long nowMillis();

    /**
     * Runs a task after those under way; never within the call. Callable by any thread.
     *
     * @return false if the task will not run, since the timer is closed
     */
    boolean execute(Runnable task);

    /**
     * Runs a task later, unless the timer is closed by then.
     *
     * @param delayMicros from now, 0 or more
     */
    void schedule(Runnable task, long delayMicros);
}
