package dev.hypercache.sim;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyLog;
import java.util.function.Consumer;

/** One node's log as the simulator handles it. */
interface MemberLog extends TopologyLog {

    /** Whatever there is has arrived. */
    void catchUp();

    /** From now on news take no longer than usual. */
    void hurry();

    /** From now on nothing of the list gets here, or it does again. */
    void deafen(boolean isDeaf);

    /** Something newer was heard of: looks at once. */
    void poke();

    /** Whether the list goes on without this member. */
    default boolean isOfThePast() {
        return false;
    }

    /** Follows the present generation, of which so much is there. */
    default void enter(long index) {}

    /** The node runs from now on, and what the log does is done when it does something. */
    default void runBy(Consumer<Runnable> runner) {}

    /** The node has read that it is a member, and what the changes up to there add up to. */
    default void admitted(Member self, long index, Payload state) {}

    /** The node has read so far. */
    default void followed(ControlState state) {}
}
