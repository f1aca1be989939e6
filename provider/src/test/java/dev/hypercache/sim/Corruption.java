package dev.hypercache.sim;

import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.CopyTampering;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a slot forgets a record or its tombstone, holds an older one, or one that was never written.
 *
 * <p>Only keys on which all replicas agree just then: what a majority does not know any more cannot be repaired.
 */
final class Corruption {

    /** What happens to the record of a key at one replica. */
    enum Kind {
        /** It is gone; a tombstone as well as a value. */
        LOST,
        /** An older value is in its place. */
        STALE,
        /** An older tombstone is in its place. */
        STALE_REMOVED,
        /** There is a value where nothing is. */
        EXTRA
    }

    private static final int EXTRA_FROM = 1_000;
    private static final int KEYS = 3;

    private final SimRing ring;

    Corruption(SimRing ring) {
        this.ring = ring;
    }

    /** Something happens to some keys of a slot at one of its replicas; null if there is none that can be had. */
    @Nullable
    String happen(Chance chance) {
        int slot = chance.below(ring.topology().slots());
        List<SlotMachine> replicas = replicas(slot);
        if (replicas.size() < 2) {
            return null;
        }
        SlotMachine victim = chance.oneOf(replicas);
        List<SimKey> keys = agreed(replicas);
        List<String> done = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            Kind kind = chance.oneOf(List.of(Kind.values()));
            SimKey key = kind == Kind.EXTRA ? extra(slot, replicas, chance) : taken(keys, chance);
            if (key != null) {
                ring.corrupted().add(key);
                happen(victim, key, kind);
                done.add(kind + " " + key);
            }
        }
        return done.isEmpty() ? null : "a replica of slot " + slot + ": " + done;
    }

    /** A key that no client writes, null if one is held somewhere. */
    @Nullable
    SimKey extra(int slot, List<SlotMachine> replicas, Chance chance) {
        int slots = ring.topology().slots();
        SimKey key = new SimKey(Workload.PLAIN, slot + (EXTRA_FROM + chance.below(50)) * slots);
        boolean isAbsent = replicas.stream()
                .allMatch(one -> one.state().replica(key.cache()).held(key) == null);
        return isAbsent ? key : null;
    }

    /** Any of some keys, which is removed from them. */
    static @Nullable SimKey taken(List<SimKey> keys, Chance chance) {
        return keys.isEmpty() ? null : keys.remove(chance.below(keys.size()));
    }

    /** Something happens to one key at one replica. */
    void happen(SlotMachine victim, SimKey key, Kind kind) {
        ring.floors().corrupted(key);
        RecordKey name = new RecordKey(key.cache(), key);
        StoredRecord held = victim.state().replica(key.cache()).held(key);
        long ballot = held == null ? 1 : held.ballot();
        long planted = ring.nextPlanted();
        long sequence = Long.MIN_VALUE + 2 + planted; // Below everything that was written under the ballot.
        switch (kind) {
            case LOST:
                CopyTampering.lose(victim.state(), name);
                break;
            case STALE_REMOVED:
                CopyTampering.plant(victim.state(), name, StoredRecord.tombstone(ballot, sequence));
                break;
            default:
                StoredRecord value = StoredRecord.value("planted" + planted, ballot, sequence, StoredRecord.NEVER);
                CopyTampering.plant(victim.state(), name, value);
        }
    }

    /** The replicas of a slot, if all its voters are there; else none. */
    List<SlotMachine> replicas(int slot) {
        SlotConfiguration configuration = ring.topology().of(slot);
        List<SlotMachine> replicas = new ArrayList<>();
        for (SimNode node : ring.live()) {
            SlotMachine machine = node.machine(slot);
            if (machine != null && configuration.voters().contains(node.id())) {
                replicas.add(machine);
            }
        }
        boolean isSettled = !configuration.isSwitching()
                && replicas.size() == configuration.voters().size();
        return isSettled ? replicas : List.of();
    }

    /** The keys on which replicas agree. */
    List<SimKey> agreed(List<SlotMachine> replicas) {
        Set<KeyVersion> first =
                new LinkedHashSet<>(replicas.get(0).state().contents().versions());
        replicas.forEach(replica -> first.retainAll(replica.state().contents().versions()));
        List<SimKey> keys = new ArrayList<>();
        for (KeyVersion one : first) {
            RecordKey name = one.name();
            boolean isPlanted = one.version().sequence() < 0; // Below it nothing can be planted that is older.
            if (name.cache() == Workload.PLAIN && !isPlanted) {
                keys.add((SimKey) name.key());
            }
        }
        return keys;
    }
}
