package dev.hypercache.runtime.ring;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.lead.HoldLimits;
import dev.hypercache.core.leaderless.LeaderlessLimits;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.telemetry.NodeLog;
import java.util.function.LongSupplier;

/**
 * What the slots of one node share.
 *
 * @param client names this life of this node in tokens and holds; never used again
 * @param links the way to the other members
 * @param watch who is suspected
 * @param losses which slots stand still
 * @param news passes on what changes
 * @param bounds keeps caches within their bounds
 * @param counting counts what is lost, and tells others
 * @param clock the node's clocks
 * @param stores makes the stores of the copies
 * @param holdLimits how long holds last
 * @param hints the hints of all slots
 * @param moves the transfers of all slots
 * @param tokenWindowMillis how long after its issue a mutation may be asked for again
 * @param clockOffsetMillis by how much clocks may differ
 * @param leaderless the bounds of caches that nobody orders
 * @param leaderlessWrites counts this node's writes in them
 * @param repairs takes what concerns the comparison of nodes
 * @param votersLeast with how many living voters a slot takes QUORUM writes
 * @param behind told when another node spoke of an epoch that is not known here
 * @param metrics where the node counts
 * @param log where it logs
 */
record SlotHost(
        long client,
        MemberLinks links,
        PeerWatch watch,
        LossWatch losses,
        ChangeNews news,
        RingBounds bounds,
        RingCounting counting,
        NodeClock clock,
        Stores stores,
        HoldLimits holdLimits,
        HintLedger hints,
        GuardedMoves moves,
        long tokenWindowMillis,
        long clockOffsetMillis,
        LeaderlessLimits leaderless,
        LongSupplier leaderlessWrites,
        RepairInbox repairs,
        int votersLeast,
        Runnable behind,
        RingMetrics metrics,
        NodeLog log) {

    /** Makes the stores of a slot. */
    @FunctionalInterface
    interface Stores {
        SlotState.Stores of(int slot);
    }

    int self() {
        return links.members().self();
    }
}
