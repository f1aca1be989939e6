package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.HeldPage;
import dev.hypercache.core.message.HeldVersion;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the voters of a slot say that they hold of one key. Confined to its slot. */
final class KeyPoll {

    private final LeaderContext context;
    private final RecordKey name;
    private final @Nullable Version own;
    private final BitSet answered = new BitSet();
    private final Map<Version, BitSet> holders = new TreeMap<>();
    private boolean valued;

    /** Begins with what the leader holds. */
    KeyPoll(LeaderContext context, RecordKey name) {
        this.context = context;
        this.name = name;
        this.own = versionHeld();
        answered.set(context.self());
        if (own != null && !isOwnCleared()) {
            holders.computeIfAbsent(own, unused -> new BitSet()).set(context.self());
        }
    }

    private @Nullable Version versionHeld() {
        RecordEntry entry = context.state().entry(name);
        return entry == null ? null : entry.record().version();
    }

    /** What the leader held when it asked, null if nothing. */
    @Nullable
    Version own() {
        return own;
    }

    /** Whether the leader holds what went with a clear. */
    boolean isOwnCleared() {
        ClearMark cleared = context.state().clearOf(name.cache());
        return own != null
                && cleared != null
                && cleared.takes(own, context.state().knownTo(name.cache(), own.ballot()));
    }

    /** Whether the leader holds now what it held when it asked. */
    boolean isAsItWas() {
        Version held = versionHeld();
        return own == null ? held == null : own.equals(held);
    }

    /** A voter's answer; what a clear has taken since does not count as held. */
    void add(int member, HeldPage page) {
        answered.set(member);
        for (HeldVersion one : page.held()) {
            if (one.name().equals(name)) {
                add(member, one);
            }
        }
    }

    private void add(int member, HeldVersion one) {
        valued |= !one.tombstone();
        if (!isCleared(one)) {
            holders.computeIfAbsent(one.version(), unused -> new BitSet()).set(member);
        }
    }

    private boolean isCleared(HeldVersion one) {
        ClearMark cleared = context.state().clearOf(name.cache());
        return cleared != null && cleared.takes(one.version(), one.cleared());
    }

    /** The version that a majority holds, null if there is none or it is not known yet. */
    @Nullable
    Version heldByMajority(MemberSet voters) {
        for (Map.Entry<Version, BitSet> one : holders.entrySet()) {
            if (voters.hasMajorityIn(one.getValue())) {
                return one.getKey();
            }
        }
        return null;
    }

    /** Some other replica that holds a version. */
    int holderOf(Version version) {
        BitSet members = holders.getOrDefault(version, new BitSet());
        return members.nextSetBit(0);
    }

    /** Whether every voter has answered. */
    boolean isComplete(MemberSet voters) {
        return voters.isCoveredBy(answered);
    }

    /** Whether the replicas that answered hold traces of removals alone, and only such ones. */
    boolean isRemovedBelow(Predicate<Version> isBelow) {
        return !valued && holders.keySet().stream().allMatch(isBelow);
    }
}
