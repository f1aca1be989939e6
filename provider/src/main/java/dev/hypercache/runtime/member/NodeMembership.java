package dev.hypercache.runtime.member;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.membership.Membership;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * A membership that lives on what the members send each other anyway. Whoever has the ring's timer and its messages drives it.
 * All methods may be called by any thread and do not wait.
 */
public interface NodeMembership extends Membership {

    /**
     * What a node has for it.
     *
     * @param self this node's short id
     * @param shortIds the short id of a member in that very life, negative if there is none
     * @param out the way to the others; called outside of any lock of the membership
     * @param steadyMillis a clock that never goes back
     * @param dice gives a number from 0 to below its argument, by chance
     */
    record Ground(
            int self, ToIntFunction<NodeId> shortIds, Outbox out, LongSupplier steadyMillis, IntUnaryOperator dice) {}

    /** Does what is due; to be called about as often as the ring's timer runs. */
    void tick();

    /**
     * A message of another member.
     *
     * @return false if it is about something else
     */
    boolean receive(int sender, Message message);

    /** Any frame of a member arrived. Costs no more than a look at the clock. */
    void heard(int member);

    /** The last connection with a member is gone. */
    void lost(int member);
}
