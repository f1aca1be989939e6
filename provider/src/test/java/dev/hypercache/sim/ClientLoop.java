package dev.hypercache.sim;

import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.HistoryRecorder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one client does, one thing after the other, until the run has seen enough operations. */
final class ClientLoop {

    private static final ExpiryRule RULE = ExpiryRule.NEVER;

    private final SimRing ring;
    private final Histories histories;
    private final Workload workload;
    private final Chance chance;
    private final Client client;
    private final LevelLoad levels;
    private final ExpiryLoad expiry;
    private final HoldLoad held;
    private BooleanSupplier enough = () -> true;
    private boolean busy = true;
    private @Nullable Object lastSeen;

    ClientLoop(SimRing ring, Histories histories, Workload workload, LevelLoad levels, Chance chance, Client client) {
        this.ring = ring;
        this.histories = histories;
        this.workload = workload;
        this.chance = chance;
        this.client = client;
        this.levels = levels;
        this.expiry = new ExpiryLoad(histories);
        this.held = new HoldLoad(ring, histories, chance, client, this::next, this::ended);
    }

    /** Goes on until it was enough. */
    void start(BooleanSupplier newEnough) {
        enough = newEnough;
        next();
    }

    private void next() {
        if (enough.getAsBoolean()) {
            busy = false;
            return;
        }
        ring.queue().after(Math.min(1_500_000, chance.tailed(workload.thinkMicros())), () -> {
            client.moveTo(chance.oneOf(ring.open()));
            act();
        });
    }

    boolean isBusy() {
        return busy;
    }

    @Override
    public String toString() {
        return client.node() + " " + held;
    }

    private void act() {
        int dice = chance.below(100);
        if (chance.below(100) < workload.holds()) {
            underHold();
        } else if (dice < 45) {
            plain();
        } else if (dice < 55) {
            expiry.act(client, anyKey(ExpiryLoad.CACHE), chance, this::ended);
        } else if (dice < 75) {
            increment(null, this::next);
        } else if (dice < 75 + workload.clears()) {
            client.clear(histories.of(Workload.PLAIN), Workload.PLAIN, false, this::ended);
        } else if (dice < 82 + workload.clears() && workload.levels()) {
            levels.act(client, anyKey(Workload.ALL), chance, this::ended);
        } else {
            plain();
        }
    }

    private void ended(Client.End end) {
        histories.count(end);
        Outcome outcome = end.outcome();
        StoredRecord after = outcome == null ? null : outcome.after();
        lastSeen = after == null ? lastSeen : after.value();
        next();
    }

    private SimKey anyKey(int cache) {
        return new SimKey(cache, chance.below(workload.keys()));
    }

    private void plain() {
        SimKey key = anyKey(Workload.PLAIN);
        HistoryRecorder recorder = histories.of(Workload.PLAIN);
        if (workload.quorumReads() && chance.happens(0.2)) {
            client.read(recorder, new Get(key, RULE), pastLeader(), this::ended);
            return;
        }
        EntryOp op = chance.happens(workload.reads()) ? new Get(key, RULE) : anyOp(key);
        client.call(recorder, Action.of(op), op, null, this::ended);
    }

    private Client.Past pastLeader() {
        return chance.happens(0.5) ? Client.Past.MAJORITY : Client.Past.DIGEST;
    }

    private EntryOp anyOp(SimKey key) {
        Object seen = lastSeen == null ? "nothing" : lastSeen;
        switch (chance.below(9)) {
            case 0:
            case 1:
                return new Put(key, histories.newValue("w"), RULE);
            case 2:
                return new PutIfAbsent(key, histories.newValue("w"), RULE);
            case 3:
                return new Replace(key, histories.newValue("w"), RULE);
            case 4:
                return new ReplaceIfEqual(key, seen, histories.newValue("w"), RULE);
            case 5:
                return new Remove(key);
            case 6:
                return new RemoveIfEqual(key, seen, RULE);
            default:
                return new Get(key, RULE);
        }
    }

    private void increment(@Nullable HoldGrant grant, Runnable then) {
        SimKey key = anyKey(Workload.COUNTERS);
        HistoryRecorder recorder = histories.of(Workload.COUNTERS);
        Consumer<Client.End> onRead = end -> {
            histories.count(end);
            Outcome read = end.outcome();
            if (read == null) {
                then.run();
            } else {
                write(key, read.after(), grant, then);
            }
        };
        if (workload.quorumReads() && chance.happens(0.3)) {
            client.read(recorder, new Get(key, RULE), pastLeader(), onRead);
        } else {
            Get get = new Get(key, RULE);
            client.call(recorder, Action.of(get), get, null, onRead);
        }
    }

    private void write(SimKey key, @Nullable StoredRecord seen, @Nullable HoldGrant grant, Runnable then) {
        Object value = seen == null ? null : seen.value();
        long next = value == null ? 1 : (Long) value + 1;
        EntryOp op = new AtVersion(new Put(key, next, RULE), seen == null ? null : seen.version());
        client.call(histories.of(Workload.COUNTERS), Action.ifUnchanged(op, value), op, grant, end -> {
            histories.count(end);
            histories.incremented(key, next, end);
            then.run();
        });
    }

    private void underHold() {
        SimKey key = anyKey(Workload.LOADED);
        switch (chance.below(4)) {
            case 0:
                held.evict(key);
                break;
            case 1:
                held.hold(
                        anyKey(Workload.COUNTERS),
                        HoldKind.EXCLUSIVE,
                        session -> increment(session.grant(), () -> {
                            session.release(null);
                            next();
                        }));
                break;
            default:
                held.readThrough(key);
        }
    }
}
