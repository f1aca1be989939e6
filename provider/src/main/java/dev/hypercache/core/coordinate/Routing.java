package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What a coordinator knows of the ring through its node. */
public interface Routing {

    /** This node's short id. */
    int self();

    SlotConfiguration configuration(int slot);

    /** Why a slot has no majority any more and what is to be done, for the caller; null if its voters are members. */
    default @Nullable String lossOf(int slot) {
        return null;
    }

    /** The slot's leader as far as known, {@link dev.hypercache.core.message.Rejected#NOBODY} if it is not. */
    int leader(int slot);

    /** Another node said who leads a slot. */
    void heardOfLeader(int slot, int leader);

    /** Who is thought to be unreachable now. */
    BitSet suspected();

    /** Whether a member gave a sign of life just now, so that it will most likely answer at once. */
    default boolean isHeard(int member) {
        return !suspected().get(member);
    }

    /** The highest slot time known here, in milliseconds. */
    long slotTimeMillis(int slot);

    /** Another node told its slot time. */
    void heardOfSlotTime(int slot, long millis);

    /**
     * Lets this node's own replica accept what an answer rests on.
     *
     * @return whether it did, so that the answer is chosen
     */
    boolean accept(int slot, int leader, long ballot, CallerAccept accept);

    /**
     * Whether a read may send replicas what others hold. A caller without data of its own may not: what it cannot settle by asking alone
     * it has the leader settle.
     */
    default boolean maySettle() {
        return true;
    }

    /** A reader got less from a replica than was chosen. */
    void seenStale(int slot, RecordKey name, int member);
}
