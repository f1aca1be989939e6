package dev.hypercache.sim;

import dev.hypercache.core.leaderless.LeaderlessSlot;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in the cache that nobody orders: a version has one content, a value is written anew only within its caller's
 * time, no single clock drives versions ahead, nothing comes back that the floor passed, and who leaves takes nothing along.
 */
final class LeaderlessChecks {

    /** A caller's time by a clock that may be 2 % slow. */
    private static final long ANEW_MILLIS_MOST = Client.TIMEOUT_MILLIS * 103 / 100 + 50;

    /** A request is sent for so long at most, and then it may be under way until it is too old. */
    private static final long PERFORMED_MILLIS_MOST =
            (Client.TIMEOUT_MILLIS + SimNode.TOKEN_WINDOW_MILLIS) * 103 / 100 + 1_500;

    private static final long OFFSET_MAX_MILLIS = 500;
    /** Clocks are heard of late, and go on at their own pace. */
    private static final long HEARSAY_MILLIS = 1_500;

    /** A copy that performs a write; one that was begun anew knows nothing of what was performed before. */
    private record Writer(Object value, int member, long copy) {}

    private record Written(Object key, HybridVersion version) {}

    private final Invariants invariants;
    private final EventQueue queue;
    private @Nullable SimRing ring;
    private final Map<Written, Object> contents = new HashMap<>();
    private final Map<Object, Long> invokedAt = new HashMap<>();
    private final Map<Writer, Long> firstMintedAt = new HashMap<>();
    private final Map<Written, HybridVersion> renamed = new HashMap<>();
    private final Map<Object, HybridVersion> purged = new LinkedHashMap<>();
    private final Map<Integer, SimClock> clocks = new HashMap<>();
    private long twoClocksMillis;
    /** A slot's time stands still while clocks that were set back catch up, and no request gets older meanwhile. */
    private long standsUntilMillis;

    private int losses;

    LeaderlessChecks(Invariants invariants, EventQueue queue) {
        this.invariants = invariants;
        this.queue = queue;
    }

    void of(SimRing itsRing) {
        ring = itsRing;
    }

    private SimRing ring() {
        SimRing known = ring;
        if (known == null) {
            throw new IllegalStateException("the ring is not known yet");
        }
        return known;
    }

    void violated(String rule) {
        invariants.violated("leaderless: " + rule);
    }

    /** Somebody is about to write this value. */
    void invoked(Object value) {
        invokedAt.put(value, queue.nowMillis());
    }

    /** Some clock was set. */
    void clockSet(long millis) {
        standsUntilMillis = Math.max(standsUntilMillis, queue.nowMillis() - millis);
    }

    /** A node lost its memory. */
    void lost() {
        losses++;
    }

    int losses() {
        return losses;
    }

    /** A copy took a record. */
    void stored(SimNode node, int slot, Object key, StoredRecord record) {
        Object content = record.isTombstone() ? "tombstone" : record.value();
        HybridVersion version = record.hybridVersion();
        invariants.note(version.hashCode() * 31L + content.hashCode());
        Object before = contents.get(new Written(key, version));
        if (before == null) {
            minted(node, slot, key, record, content);
        } else if (!before.equals(content) && !record.isTombstone()) {
            violated(key + "@" + version + " is " + before + " and " + content);
        }
        if (before == null) {
            contents.put(new Written(key, version), content);
        }
    }

    /** Whether a record from the future got a version of the present. */
    boolean isRenamed(SimNode node, int slot, Object key, HybridVersion before, StoredRecord record) {
        HybridVersion version = record.hybridVersion();
        long aheadMillis = HybridClock.millisOf(before.stamp()) - HybridClock.millisOf(version.stamp());
        Object content = record.isTombstone() ? "tombstone" : record.value();
        boolean isRenamed = aheadMillis >= OFFSET_MAX_MILLIS / 2
                && (record.isTombstone() || content.equals(contents.get(new Written(key, before))));
        if (isRenamed) {
            renamed.put(new Written(key, before), version);
            firstMintedAt.put(writer(node, slot, content, version), queue.nowMillis());
        }
        return isRenamed;
    }

    private static Writer writer(SimNode node, int slot, Object content, HybridVersion version) {
        SlotMachine machine = node.machine(slot);
        return new Writer(
                content, version.member(), machine == null ? 0 : machine.state().copy());
    }

    /** The version that a record has now. */
    HybridVersion nameNow(Object key, HybridVersion version) {
        return renamed.getOrDefault(new Written(key, version), version);
    }

    private void minted(SimNode node, int slot, Object key, StoredRecord record, Object content) {
        HybridVersion version = record.hybridVersion();
        clocks();
        long stampMillis = HybridClock.millisOf(version.stamp());
        if (node.configuration(slot).electors().size() == 1) {
            twoClocksMillis = Math.max(twoClocksMillis, stampMillis); // There is no other clock to go by.
        }
        if (stampMillis > twoClocksMillis + OFFSET_MAX_MILLIS + HEARSAY_MILLIS) {
            violated(key + "@" + version + " is ahead of the time " + twoClocksMillis + " that two clocks got to");
        }
        if (record.isTombstone()) {
            return;
        }
        Long invoked = invokedAt.get(content);
        long now = queue.nowMillis();
        long first = firstMintedAt.computeIfAbsent(writer(node, slot, content, version), unused -> now);
        if (invoked == null) {
            violated(key + " is " + content + ", which nobody wrote");
        } else if (first - invoked > PERFORMED_MILLIS_MOST && invoked > standsUntilMillis && renamed.isEmpty()
                || now - first > ANEW_MILLIS_MOST) {
            violated(key + "@" + version + " is " + content + " of " + invoked + " ms, performed at " + first
                    + " ms and written anew at " + now + " ms");
        }
    }

    /** A copy dropped a record; whether that was because of a clear. */
    boolean removed(SimNode node, int slot, Object key, HybridVersion version) {
        boolean byClear = node.machine(slot) == null || clearOf(node, slot).compareTo(version) >= 0;
        if (!byClear) {
            purged.merge(key, version, HybridVersion::orLater);
        }
        return byClear;
    }

    /** Up to which version a node's copy was cleared. */
    HybridVersion clearOf(SimNode node, int slot) {
        SlotMachine machine = node.machine(slot);
        return machine == null ? HybridVersion.NONE : machine.leaderless().clearOf(Workload.ONE);
    }

    /** Up to which version a key was deleted for good, because everybody knew. */
    HybridVersion purged(Object key) {
        return purged.getOrDefault(key, HybridVersion.NONE);
    }

    /** A slot lost the majority of its replicas: what they had deleted, and by what clock, may be known to nobody. */
    void forget(int slot) {
        purged.keySet().removeIf(key -> ((SimKey) key).slot(ring().topology().slots()) == slot);
    }

    /** A read that began when this had been purged found a record. */
    void read(SimKey key, HybridVersion gone, StoredRecord found) {
        boolean isKnown = gone.compareTo(purged(key)) <= 0; // Else the slot was reset meanwhile.
        if (isKnown && found.hybridVersion().compareTo(gone) <= 0) {
            violated(key + " is read as " + found + ", which was deleted up to " + gone);
        }
    }

    /** Notes how far the clocks of two nodes got: a replica may have heard of these only, be they gone or holders no more. */
    void clocks() {
        ring().live().forEach(node -> clocks.put(node.id(), node.clock()));
        long[] walls = clocks.values().stream()
                .mapToLong(SimClock::highestWallMillis)
                .sorted()
                .toArray();
        twoClocksMillis = Math.max(twoClocksMillis, walls[Math.max(0, walls.length - 2)]);
    }

    /** A node that goes on to live drops a copy: others must hold what it performed. */
    void dropped(SimNode node, SlotMachine machine) {
        int slot = machine.state().slot();
        LeaderlessSlot leaderless = machine.leaderless();
        SlotReplica records = leaderless.recordsOf(Workload.ONE);
        boolean isMember = ring().topology().state().roster().contains(node.id());
        // Whoever took over what it performed may have died of more deaths than a slot withstands.
        boolean isLost = ring().losses().isReset(slot)
                || !ring().lives(ring().topology().of(slot).targets());
        if (records == null
                || !isMember
                || isLost
                || !machine.state().configuration().electors().contains(node.id())) {
            return;
        }
        for (EntryCursor<StoredRecord> cursor = records.cursor(); cursor.advance(); ) {
            HybridVersion version = cursor.record().hybridVersion();
            Object key = cursor.key();
            boolean isHeld = version.member() != node.id()
                    || purged(key).compareTo(version) >= 0
                    || ring().live().stream()
                            .anyMatch(other -> other != node && holds(other, slot, key, nameNow(key, version)));
            if (!isHeld) {
                violated(node + " leaves slot " + slot + " and nobody has " + key + "@" + version);
            }
        }
    }

    private static boolean holds(SimNode node, int slot, Object key, HybridVersion version) {
        SlotMachine machine = node.machine(slot);
        if (machine == null) {
            return false;
        }
        SlotReplica records = machine.leaderless().recordsOf(Workload.ONE);
        StoredRecord held = records == null ? null : records.held(key);
        return held != null && held.hybridVersion().compareTo(version) >= 0
                || machine.leaderless().clearOf(Workload.ONE).compareTo(version) >= 0;
    }
}
