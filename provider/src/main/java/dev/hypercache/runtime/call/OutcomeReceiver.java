package dev.hypercache.runtime.call;

import dev.hypercache.core.op.Outcome;
import java.util.List;

/** Learns what came of operations that no thread waits for. Exactly one method is called, once; neither may throw. */
public interface OutcomeReceiver {

    /** All were performed, in the order in which they were given. */
    void performed(List<Outcome> outcomes);

    /** Some were not performed, or nobody knows; as {@link RingClient#executeAll} would have thrown it. */
    void failed(Throwable reason);
}
