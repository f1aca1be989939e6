package dev.hypercache.runtime.ring;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.leaderless.LeaderlessEvent;
import dev.hypercache.core.repair.RepairEvent;
import dev.hypercache.runtime.RuntimeMetrics;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.MetricSource;

/** What a member of a ring counts for its node. */
final class RingMetrics extends RuntimeMetrics {

    private final MetricSet node;

    RingMetrics(MetricSet node) {
        super(node);
        this.node = node;
    }

    void requestFailed() {
        node.count(MetricName.REQUESTS_FAILED);
    }

    void requestIndeterminate() {
        node.count(MetricName.REQUESTS_INDETERMINATE);
    }

    void requestSent(boolean toItself) {
        node.count(toItself ? MetricName.REQUESTS_LED_HERE : MetricName.REQUESTS_LED_ELSEWHERE);
    }

    /** An answer says that somebody else has to be asked. */
    void requestRedirected() {
        node.count(MetricName.REQUESTS_REDIRECTED);
    }

    void leaseRefused() {
        node.count(MetricName.CLIENT_LEASES_REFUSED);
    }

    /** Lets a source answer how many caches are open on behalf of clients. */
    void supplyLeases(MetricSource source) {
        node.supply(source, MetricName.CLIENT_LEASES);
    }

    void clientRefused() {
        node.count(MetricName.CLIENTS_REFUSED);
    }

    void requestRefused() {
        node.count(MetricName.REQUESTS_REFUSED);
    }

    /** A writer waits for copies that are being filled. */
    void paced(long millis) {
        node.add(MetricName.MOVES_PACED, millis);
    }

    void topologyOffered() {
        node.count(MetricName.TOPOLOGY_OFFERED);
    }

    void topologyConflicted() {
        node.count(MetricName.TOPOLOGY_CONFLICTS);
    }

    void tookOver() {
        node.count(MetricName.TAKEOVERS);
    }

    /** Something happened in a cache that nobody orders. */
    void leaderless(LeaderlessEvent event) {
        switch (event) {
            case LEADERLESS_STALE_RETRIED:
                node.count(MetricName.LEADERLESS_STALE_RETRIES);
                break;
            case LEADERLESS_SKEW_REFUSED:
                node.count(MetricName.LEADERLESS_SKEW_REFUSED);
                break;
            case LEADERLESS_SKEW_RENAMED:
                node.count(MetricName.LEADERLESS_SKEW_RENAMED);
                break;
            case LEADERLESS_ATOMIC:
                node.count(MetricName.LEADERLESS_ATOMICS);
                break;
            case LEADERLESS_FLOOR_RAISED:
                node.count(MetricName.LEADERLESS_FLOORS_RAISED);
                break;
            case LEADERLESS_BELOW_FLOOR:
                node.count(MetricName.LEADERLESS_BELOW_FLOOR);
                break;
            case LEADERLESS_REVIVED:
                node.count(MetricName.REPAIR_REVIVED);
                break;
            case LEADERLESS_DROPPED:
                node.count(MetricName.REPAIR_DROPPED);
                break;
            default:
                node.count(MetricName.LEADERLESS_OVERFLOWS);
        }
    }

    void hintQueued() {
        node.count(MetricName.HINTS_QUEUED);
    }

    void hintReplayed() {
        node.count(MetricName.HINTS_REPLAYED);
    }

    void hintExpired() {
        node.count(MetricName.HINTS_EXPIRED);
    }

    void hintsDropped(long hints) {
        node.add(MetricName.HINTS_DROPPED, hints);
    }

    void eventRepeated() {
        node.count(MetricName.EVENTS_REPEATED);
    }

    void countsUnanswered(int members) {
        node.add(MetricName.STATISTICS_UNANSWERED, members);
    }

    void countsRefused() {
        node.count(MetricName.STATISTICS_REFUSED);
    }

    void frameRefused() {
        node.count(MetricName.FRAMES_REFUSED);
    }

    void frameDropped() {
        node.count(MetricName.FRAMES_DROPPED);
    }

    void repairSent(long bytes) {
        node.add(MetricName.REPAIR_BYTES, bytes);
    }

    void recountMismatched() {
        node.count(MetricName.RECOUNT_MISMATCHES);
    }

    void readRepairDropped() {
        node.count(MetricName.READ_REPAIRS_DROPPED);
    }

    void readCountsSent(int entries) {
        node.add(MetricName.READ_COUNTS_SENT, entries);
    }

    void readCountsDropped(long reads) {
        node.add(MetricName.READ_COUNTS_DROPPED, reads);
    }

    void digestAgreed() {
        node.count(MetricName.DIGEST_READS);
    }

    void digestToLeader() {
        node.count(MetricName.DIGEST_READS_TO_LEADER);
    }

    void callerYielded() {
        node.count(MetricName.CALLERS_YIELDED);
    }

    void callerParked() {
        node.count(MetricName.CALLERS_PARKED);
    }

    /** Something happened while nodes compared themselves. */
    void happened(RepairEvent event) {
        node.count(
                switch (event) {
                    case CYCLE -> MetricName.REPAIR_CYCLES;
                    case CLEAN -> MetricName.REPAIR_CYCLES_CLEAN;
                    case DIFFERED -> MetricName.REPAIR_DIFFERENCES;
                    case UNANSWERED -> MetricName.REPAIR_CYCLES_UNANSWERED;
                    case STALE_TOLD -> MetricName.READ_REPAIR_HINTS;
                    case STALE_DROPPED -> MetricName.READ_REPAIRS_DROPPED;
                });
    }

    /** Something happened to a leader, which may be nothing that is counted here. */
    void happened(LeaderEvent event) {
        switch (event) {
            case FLOOR_RAISED -> node.count(MetricName.FLOORS_RAISED);
            case EXPIRED_UNASKED -> node.count(MetricName.EXPIRIES_UNASKED);
            case REPAIR_SENT -> node.count(MetricName.REPAIR_RECORDS_SENT);
            case REPAIR_POLLED -> node.count(MetricName.REPAIR_POLLS);
            case REPAIR_POLLS_FULL -> node.count(MetricName.REPAIR_POLLS_FULL);
            case REPAIR_REVIVED -> node.count(MetricName.REPAIR_REVIVED);
            case REPAIR_KILLED -> node.count(MetricName.REPAIR_DROPPED);
            case READ_REPAIRED -> node.count(MetricName.READ_REPAIRS);
            case READ_REPAIR_NEEDLESS -> node.count(MetricName.READ_REPAIRS_NEEDLESS);
            case SLOT_RESET -> node.count(MetricName.SLOTS_RESET);
            case RETURN_OFFERED -> node.count(MetricName.RETURNS_OFFERED);
            case FEED_OVERFLOWED -> node.count(MetricName.LISTENER_OVERFLOWS);
            case LISTENER_LATE -> node.count(MetricName.LISTENER_LATE);
            default -> {}
        }
    }

    /** Lets a source answer for the gauges of the node. */
    void supply(MetricSource source) {
        node.supply(
                source,
                MetricName.REQUESTS_IN_FLIGHT,
                MetricName.MEMBERS_SUSPECTED,
                MetricName.MEMBERS,
                MetricName.MEMBERS_DEAD,
                MetricName.CLIENTS,
                MetricName.TOPOLOGY_INDEX,
                MetricName.SLOTS_HELD,
                MetricName.SLOTS_LED,
                MetricName.SLOTS_LOST,
                MetricName.SLOTS_UNDER_REPLICATED,
                MetricName.MOVES_BEGUN,
                MetricName.MOVES_COMPLETED,
                MetricName.MOVES_FAILED,
                MetricName.MOVES_OPEN,
                MetricName.MOVES_RECORDS,
                MetricName.MOVES_BYTES,
                MetricName.MOVES_RETRIES,
                MetricName.MOVES_THROTTLED,
                MetricName.REPAIR_INTERVAL,
                MetricName.TOMBSTONES,
                MetricName.CACHES_KEPT,
                MetricName.CACHE_DRIFT,
                MetricName.HINTS_PENDING,
                MetricName.HINTS_BYTES,
                MetricName.TRANSPORT_CONNECTIONS,
                MetricName.TRANSPORT_BYTES_IN,
                MetricName.TRANSPORT_BYTES_OUT,
                MetricName.TRANSPORT_FRAMES_IN,
                MetricName.TRANSPORT_FRAMES_OUT,
                MetricName.TRANSPORT_RECONNECTS,
                MetricName.TRANSPORT_OVERLOADS,
                MetricName.TRANSPORT_STALLS,
                MetricName.TRANSPORT_REFUSALS,
                MetricName.TRANSPORT_COMPRESSIONS,
                MetricName.TRANSPORT_BYTES_SAVED);
    }
}
