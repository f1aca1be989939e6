package dev.hypercache.sim;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What clients do at other levels than that of the majority: in a cache whose every write waits for all voters, and where a
 * single complete copy therefore has every acknowledged write. The other reads of that cache are linearizable as elsewhere.
 */
final class LevelLoad {

    private static final ExpiryRule RULE = ExpiryRule.NEVER;

    private final SimRing ring;
    private final Histories histories;
    private final boolean clears;
    private final Map<SimKey, Told> acknowledged = new LinkedHashMap<>();
    private final Map<SimKey, Told> cleared = new LinkedHashMap<>();
    private boolean anyClear;

    /** A version that was acknowledged, or that a clear took for sure, and the slot's epoch when that was told. */
    private record Told(Version version, int epoch) {

        /** Of two the later version, and the later epoch: its voters hold it. */
        Told with(Told other) {
            Version later = version.compareTo(other.version) > 0 ? version : other.version;
            return new Told(later, Math.max(epoch, other.epoch));
        }
    }

    LevelLoad(SimRing ring, Histories histories, boolean clears) {
        this.clears = clears;
        this.ring = ring;
        this.histories = histories;
    }

    void act(Client client, SimKey key, Chance chance, Consumer<Client.End> then) {
        if (clears && chance.happens(0.1)) {
            clear(client, then);
            return;
        }
        switch (chance.below(4)) {
            case 0:
                write(client, key, then);
                break;
            case 1:
                readAll(client, key, then);
                break;
            default:
                readOne(client, key, then);
        }
    }

    private void write(Client client, SimKey key, Consumer<Client.End> then) {
        EntryOp put = new Put(key, histories.newValue("A"), RULE);
        CallOptions toAll = new CallOptions(true, true, Client.TIMEOUT_MILLIS, null, true);
        client.callWith(toAll, histories.of(Workload.ALL), Action.of(put), put, end -> {
            Outcome outcome = end.outcome();
            StoredRecord after = outcome == null ? null : outcome.after();
            if (after != null) {
                acknowledged.merge(key, told(key, after.version()), Told::with);
            }
            then.accept(end);
        });
    }

    /** What was acknowledged before a clear began is gone from every copy when the clear is acknowledged. */
    private void clear(Client client, Consumer<Client.End> then) {
        anyClear = true;
        Map<SimKey, Told> before = Map.copyOf(acknowledged);
        client.clear(histories.of(Workload.ALL), Workload.ALL, true, end -> {
            if (end.answer() == Answer.Bare.CLEARED) {
                before.forEach((key, last) -> cleared.merge(key, told(key, last.version()), Told::with));
            }
            then.accept(end);
        });
    }

    private int slotOf(SimKey key) {
        return key.slot(ring.topology().slots());
    }

    private Told told(SimKey key, Version version) {
        return new Told(version, ring.topology().of(slotOf(key)).epoch());
    }

    /** What a read that begins now at a node must respect; null if there is nothing that the node can know. */
    private @Nullable Version knownTo(Client client, SimKey key, @Nullable Told last) {
        // Who has not read of a change of voters may ask one that was let go, and that has not either.
        int epoch = client.node().configuration(slotOf(key)).epoch();
        return last != null && last.epoch() <= epoch ? last.version() : null;
    }

    private void readAll(Client client, SimKey key, Consumer<Client.End> then) {
        Get get = new Get(key, RULE);
        client.read(histories.of(Workload.ALL), get, Client.Past.ALL, then);
    }

    /** Not written down: two such reads may see a write that is under way in turn and not. */
    private void readOne(Client client, SimKey key, Consumer<Client.End> then) {
        Version expected = knownTo(client, key, acknowledged.get(key));
        Version gone = knownTo(client, key, cleared.get(key));
        Get get = new Get(key, RULE);
        client.read(null, get, Client.Past.ONE, end -> {
            Outcome outcome = end.outcome();
            if (outcome != null && expected != null) {
                check(key, expected, gone, outcome.after());
            }
            then.accept(end);
        });
    }

    private void check(SimKey key, Version expected, @Nullable Version gone, @Nullable StoredRecord read) {
        ring.coverage().count("READ_ONE_CHECKED");
        boolean mayBeGone =
                anyClear || ring.evictions().any(key) || ring.losses().isReset(key);
        boolean isLost = read == null ? !mayBeGone : read.version().compareTo(expected) < 0;
        boolean isBack = read != null && gone != null && read.version().compareTo(gone) <= 0;
        if (isLost || isBack) {
            ring.invariants()
                    .violated("a complete copy lacks an acknowledged write: " + key + " is " + read + " after "
                            + expected + ", cleared up to " + gone);
        }
    }
}
