package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.HeldKeys;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.telemetry.NodeLog;

/**
 * What the caches of one node share.
 *
 * @param control what the ring agreed on
 * @param definitions the definitions of the ring's caches
 * @param losses which slots stand still
 * @param links the way to the other members
 * @param watch who is suspected
 * @param cells the slots
 * @param admission who is under way
 * @param callerWait how callers wait
 * @param news what changes, for those who listen
 * @param bounds keeps caches within their bounds
 * @param counting statistics of all members
 * @param digests reads by copies that confirm each other
 * @param held which keys the callers hold
 * @param clock the node's clocks
 * @param metrics where the node counts
 * @param log where the node logs
 * @param holdIds numbers the holds
 * @param timeoutMillis the deadline of one operation
 * @param valueBytesMax the most bytes of one value
 */
record NodeParts(
        ControlPlane control,
        CacheRegistry definitions,
        LossWatch losses,
        MemberLinks links,
        PeerWatch watch,
        SlotCells cells,
        Admission admission,
        CallerWait callerWait,
        ChangeNews news,
        RingBounds bounds,
        RingCounting counting,
        DigestReads digests,
        HeldKeys<MemberHold> held,
        NodeClock clock,
        RingMetrics metrics,
        NodeLog log,
        HoldIds holdIds,
        long timeoutMillis,
        int valueBytesMax) {

    /** A cache is opened. */
    void open(CacheSpec spec) {
        bounds.open(spec.id(), spec.limits());
        news.interests().open(spec.id(), spec.observer());
        counting.opened(spec.id(), spec.observer());
    }
}
