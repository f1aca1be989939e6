package dev.hypercache.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often the branches that matter were taken. */
final class Coverage {

    /** What a long series must have seen at least once (CONSISTENCY §9). */
    private static final List<String> EXPECTED = List.of(
            "TAKEOVER_DIFFERED",
            "REPROPOSED",
            "KEPT_FOR_LAGGARDS",
            "CLEAR_KEPT_FOR_LAGGARDS",
            "CLEAR_REPROPOSED",
            "CLEAR_PERFORMED_LATE",
            "CLEAR_RACED_PUT",
            "LATE_AHEAD",
            "TAKEOVER_RESTARTED",
            "RESENT_BY_READER",
            "QUORUM_READ_REFUSED",
            "READ_MAJORITY_ASKED_LEADER",
            "READ_ONE_CHECKED",
            "READ_ALL_SETTLED",
            "READ_DIGEST_SETTLED",
            "READ_DIGEST_ASKED_LEADER",
            "READ_DIGEST_UNANSWERED",
            "TOKEN_KNOWN_AFTER_FAILOVER",
            "TOKEN_EXPIRED",
            "RETRIED_NO_CHANGE",
            "EXPIRED_UNASKED",
            "EVICTED",
            "EVICTION_PUT_OFF",
            "FLOOR_RAISED",
            "BURIED_BELOW_FLOOR",
            "HINT_REPLAYED",
            "HINT_DROPPED",
            "HINT_EXPIRED",
            "SLOT_TIME_KEPT_BACK",
            "HOLD_AWAITED",
            "HOLD_BROKEN",
            "HOLD_LOST",
            "HOLD_REREGISTERED",
            "REPLY_ACCEPT_TAKEN",
            "REPLY_ACCEPT_FAILED",
            "HAND_OVER",
            "RETURN_OFFERED",
            "SWITCH_COMPLETED",
            "STEP_REFUSED",
            "LEARNER_DROPPED",
            "COPY_BEGUN_ANEW",
            "CHECKPOINT_RESTORED",
            "DEAD_SENDER_IGNORED",
            "EPOCH_UNKNOWN",
            "REPAIR_CLEAN",
            "REPAIR_DIFFERED",
            "REPAIR_SENT",
            "REPAIR_REVIVED",
            "REPAIR_KILLED",
            "READ_REPAIRED",
            "DEPARTED",
            "EXPELLED",
            "LEADERLESS_STALE_RETRIED",
            "LEADERLESS_SKEW_REFUSED",
            "LEADERLESS_WRITEBACK",
            "LEADERLESS_FLOOR_RAISED",
            "LEADERLESS_BELOW_FLOOR",
            "LEADERLESS_OVERFLOW_SYNC",
            "LEADERLESS_ATOMIC",
            "REPLICATION_FACTOR_SET",
            "SLOT_RESCUED",
            "SLOT_RESCUED_IN_SWITCH",
            "SLOT_RESET",
            "RESET_STABLE",
            "RESET_IN_SWITCH",
            "RESET_EXTINCT",
            "LOSS_BLOCKED",
            "RETRIED_AFTER_RESET",
            "REFORMED",
            "REFORM_RETURNED",
            "REFORM_LOST_CHANGES",
            "OTHER_GENERATION_IGNORED");

    /** What a long series must have seen at least once. */
    static List<String> expected() {
        return EXPECTED;
    }

    private final Map<String, Long> counts = new TreeMap<>();

    void count(String branch) {
        count(branch, 1);
    }

    void count(String branch, long times) {
        if (times > 0) {
            counts.merge(branch, times, Long::sum);
        }
    }

    void add(Coverage other) {
        other.counts.forEach((branch, count) -> counts.merge(branch, count, Long::sum));
    }

    long of(String branch) {
        return counts.getOrDefault(branch, 0L);
    }

    /** The branches never taken. */
    TreeSet<String> missing(Iterable<String> expected) {
        TreeSet<String> missing = new TreeSet<>();
        for (String branch : expected) {
            if (of(branch) == 0) {
                missing.add(branch);
            }
        }
        return missing;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
