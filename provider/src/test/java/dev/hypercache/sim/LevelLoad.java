package dev.hypercache.sim;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.sim.check.Action;
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
    private final Map<SimKey, Version> acknowledged = new LinkedHashMap<>();

    LevelLoad(SimRing ring, Histories histories) {
        this.ring = ring;
        this.histories = histories;
    }

    void act(Client client, SimKey key, Chance chance, Consumer<Client.End> then) {
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
                acknowledged.merge(key, after.version(), (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
            then.accept(end);
        });
    }

    private void readAll(Client client, SimKey key, Consumer<Client.End> then) {
        Get get = new Get(key, RULE);
        client.read(histories.of(Workload.ALL), get, Client.Past.ALL, then);
    }

    /** Not written down: two such reads may see a write that is under way in turn and not. */
    private void readOne(Client client, SimKey key, Consumer<Client.End> then) {
        Version newest = acknowledged.get(key);
        int epoch =
                client.node().configuration(key.slot(ring.topology().slots())).epoch();
        // Who has not read of a change of voters may ask one that was let go, and that has not either.
        Version expected = newest != null && Ballot.unpack(newest.ballot()).epoch() <= epoch ? newest : null;
        Get get = new Get(key, RULE);
        client.read(null, get, Client.Past.ONE, end -> {
            Outcome outcome = end.outcome();
            if (outcome != null && expected != null) {
                check(key, expected, outcome.after());
            }
            then.accept(end);
        });
    }

    private void check(SimKey key, Version expected, @Nullable StoredRecord read) {
        ring.coverage().count("READ_ONE_CHECKED");
        if (read == null || read.version().compareTo(expected) < 0) {
            ring.invariants()
                    .violated("a complete copy lacks an acknowledged write: " + key + " is " + read + " after "
                            + expected);
        }
    }
}
