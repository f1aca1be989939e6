package dev.hypercache.sim;

import dev.hypercache.core.leaderless.LeaderlessSlot;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What replicas hold of the cache that nobody orders when everything works again. */
final class LeaderlessEnd {

    private final SimRing ring;
    private final LeaderlessChecks checks;
    private final Map<Object, HybridVersion> newest = new LinkedHashMap<>();
    private final Map<Place, Long> timeThen = new HashMap<>();
    private long beganAtMillis;

    private static final long OFFSET_MAX_MILLIS = 500;
    /** Traces from so long after peace began go while it is waited for; it takes as long again until a floor has risen. */
    private static final long PURGED_MILLIS = 5_000;

    private record Place(int node, int slot) {}

    LeaderlessEnd(SimRing ring, LeaderlessChecks checks) {
        this.ring = ring;
        this.checks = checks;
    }

    /** From now on nothing may get lost. */
    void begin() {
        beganAtMillis = ring.queue().nowMillis();
        for (SimNode node : ring.live()) {
            for (SlotMachine machine : node.machines()) {
                timeThen.put(
                        new Place(node.id(), machine.state().slot()),
                        machine.leaderless().timeMillis());
                SlotReplica records = machine.leaderless().recordsOf(Workload.ONE);
                boolean counts =
                        ring.topology().of(machine.state().slot()).electors().contains(node.id());
                for (EntryCursor<StoredRecord> cursor = records == null || !counts ? null : records.cursor();
                        cursor != null && cursor.advance(); ) {
                    newest.merge(cursor.key(), cursor.record().hybridVersion(), HybridVersion::orLater);
                }
            }
        }
    }

    /** On what the replicas of each slot do not agree. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (int slot = 0; slot < ring.topology().slots(); slot++) {
            SlotConfiguration configuration = ring.topology().of(slot);
            if (timeStands(configuration, slot) && isClearWaiting(configuration, slot)) {
                continue;
            }
            Map<String, List<Integer>> held = new TreeMap<>();
            Set<Object> waiting = timeStands(configuration, slot) ? keysOfFuture(configuration, slot) : null;
            for (int member : configuration.voters().toArray()) {
                SlotMachine machine = ring.machine(member, slot);
                if (machine == null || !machine.leaderless().isComplete()) {
                    differences.add("slot " + slot + ": leaderless copy of " + member + " is not complete: " + machine);
                    continue;
                }
                String contents = contents(machine.leaderless(), waiting, purgedMillis(configuration, slot));
                held.computeIfAbsent(contents, unused -> new ArrayList<>()).add(member);
            }
            if (held.size() > 1 || held.toString().contains("tombstone")) {
                differences.add("slot " + slot + " leaderless: " + held);
            }
        }
        return differences;
    }

    /** The copies of slots that differ, in full. */
    List<String> copies() {
        List<String> copies = new ArrayList<>();
        List<String> differences = differences();
        for (SimNode node : ring.live()) {
            for (SlotMachine machine : node.machines()) {
                String slot = "slot " + machine.state().slot();
                boolean isSwitching = ring.topology().of(machine.state().slot()).isSwitching();
                if (isSwitching || differences.stream().anyMatch(one -> one.startsWith(slot))) {
                    copies.add(node + ": " + machine.leaderless());
                }
            }
        }
        return copies;
    }

    /**
     * Whether a slot's time stands still since the clocks of a majority were set back: until they have caught up nothing expires,
     * no floor rises, and what was written ahead of it before waits.
     */
    private boolean timeStands(SlotConfiguration configuration, int slot) {
        long passed = ring.queue().nowMillis() - beganAtMillis;
        for (int member : configuration.voters().toArray()) {
            Long then = timeThen.get(new Place(member, slot));
            SimNode node = ring.find(member);
            SlotMachine machine = node == null ? null : node.machine(slot);
            if (then != null && machine != null && machine.leaderless().timeMillis() - then < passed / 2) {
                return true;
            }
        }
        return false;
    }

    /**
     * Up to which time of a slot traces have to go. It goes back also when replicas whose clocks were ahead are replaced; what
     * all hold from before then is refused by nobody, and its traces wait for the time. Of what has an end of life from before
     * then, one replica may know that it is over, and another will know it when the time has come there again.
     */
    private long purgedMillis(SlotConfiguration configuration, int slot) {
        long latest = Long.MIN_VALUE;
        for (int member : configuration.voters().toArray()) {
            latest = Math.max(latest, timeThen.getOrDefault(new Place(member, slot), Long.MIN_VALUE));
        }
        return latest == Long.MIN_VALUE ? Long.MAX_VALUE : latest + PURGED_MILLIS;
    }

    private static boolean isOfFuture(HybridVersion version, LeaderlessSlot slot) {
        return HybridClock.millisOf(version.stamp()) > slot.timeMillis() + OFFSET_MAX_MILLIS;
    }

    /** Whether no node keeps hints, but for those that wait. */
    boolean hasNoHints() {
        return ring.live().stream().allMatch(node -> node.hints().counts().pending() <= hintsThatWait(node));
    }

    /** How many hints a node may keep: those of slots in which something was written ahead of the time, which stands still. */
    long hintsThatWait(SimNode node) {
        long waiting = 0;
        for (SlotMachine machine : node.machines()) {
            int slot = machine.state().slot();
            SlotConfiguration configuration = ring.topology().of(slot);
            boolean isWaiting = timeStands(configuration, slot)
                    && (isClearWaiting(configuration, slot)
                            || !keysOfFuture(configuration, slot).isEmpty());
            waiting += isWaiting ? machine.leaderless().pending() : 0;
        }
        return waiting;
    }

    /** Whether some replica knows a clear that was performed ahead of the slot's time. */
    private boolean isClearWaiting(SlotConfiguration configuration, int slot) {
        for (int member : configuration.voters().toArray()) {
            SlotMachine machine = ring.machine(member, slot);
            if (machine != null && isOfFuture(machine.leaderless().clearOf(Workload.ONE), machine.leaderless())) {
                return true;
            }
        }
        return false;
    }

    /** The keys of which some replica holds what was written ahead of the slot's time. */
    private Set<Object> keysOfFuture(SlotConfiguration configuration, int slot) {
        Set<Object> keys = new HashSet<>();
        for (int member : configuration.voters().toArray()) {
            SlotMachine machine = ring.machine(member, slot);
            SlotReplica records = machine == null ? null : machine.leaderless().recordsOf(Workload.ONE);
            for (EntryCursor<StoredRecord> cursor = records == null ? null : records.cursor();
                    cursor != null && cursor.advance(); ) {
                if (isOfFuture(cursor.record().hybridVersion(), machine.leaderless())) {
                    keys.add(cursor.key());
                }
            }
        }
        return keys;
    }

    /**
     * @param waiting the keys of which nothing can be said as long as the slot's time stands still; null if it does not
     * @param purgedMillis up to when traces have to go
     */
    private static String contents(LeaderlessSlot slot, @Nullable Set<Object> waiting, long purgedMillis) {
        Map<String, String> contents = new TreeMap<>();
        contents.put("clear", slot.clearOf(Workload.ONE).toString());
        SlotReplica records = slot.recordsOf(Workload.ONE);
        for (EntryCursor<StoredRecord> cursor = records == null ? null : records.cursor();
                cursor != null && cursor.advance(); ) {
            StoredRecord record = cursor.record();
            boolean isGone = record.isTombstone() || record.isExpiredAt(slot.timeMillis());
            if (waiting != null && waiting.contains(cursor.key())) {
                continue;
            }
            boolean isEarly = HybridClock.millisOf(record.hybridVersion().stamp()) > purgedMillis;
            if ((waiting != null || isEarly) && (isGone || record.expiresAtMillis() != StoredRecord.NEVER)) {
                contents.put(cursor.key().toString(), "may be over@" + record.hybridVersion());
                continue;
            }
            contents.put(
                    cursor.key().toString(),
                    (isGone ? "tombstone" : record.value() + " until " + record.expiresAtMillis()) + "@"
                            + record.hybridVersion());
        }
        return contents.toString();
    }

    /** Says what came back and what got lost. */
    void check() {
        for (SimNode node : ring.live()) {
            for (SlotMachine machine : node.machines()) {
                SlotReplica records = machine.leaderless().recordsOf(Workload.ONE);
                for (EntryCursor<StoredRecord> cursor = records == null ? null : records.cursor();
                        cursor != null && cursor.advance(); ) {
                    HybridVersion gone = checks.purged(cursor.key());
                    if (!cursor.record().isTombstone()
                            && cursor.record().hybridVersion().compareTo(gone) <= 0) {
                        checks.violated(cursor.key() + " is " + cursor.record() + " at " + node
                                + " again, which was deleted up to " + gone);
                    }
                }
            }
        }
        newest.forEach(this::checkKept);
    }

    private void checkKept(Object key, HybridVersion then) {
        HybridVersion version = checks.nameNow(key, then);
        int slot = ((SimKey) key).slot(ring.topology().slots());
        for (int member : ring.topology().of(slot).voters().toArray()) {
            SlotMachine machine = ring.machine(member, slot);
            if (machine == null || isOfFuture(version, machine.leaderless())) {
                continue;
            }
            SlotReplica records = machine.leaderless().recordsOf(Workload.ONE);
            StoredRecord held = records == null ? null : records.held(key);
            HybridVersion last = machine.leaderless().clearOf(Workload.ONE).orLater(checks.purged(key));
            HybridVersion standing = held == null ? last : last.orLater(held.hybridVersion());
            if (standing.compareTo(version) < 0) {
                checks.violated(key + "@" + version + " was there when peace began, and node " + member + " has " + held
                        + ", deleted up to " + last);
            }
        }
    }
}
