package dev.hypercache.sim;

import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.RecordKey;
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
    private BooleanSupplier enough = () -> true;
    private boolean busy = true;
    private String doing = "thinks";
    private @Nullable Object lastSeen;

    ClientLoop(SimRing ring, Histories histories, Workload workload, LevelLoad levels, Chance chance, Client client) {
        this.ring = ring;
        this.histories = histories;
        this.workload = workload;
        this.chance = chance;
        this.client = client;
        this.levels = levels;
        this.expiry = new ExpiryLoad(histories);
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
        return client.node() + " " + doing;
    }

    private void act() {
        int dice = chance.below(100);
        if (dice < 45) {
            plain();
        } else if (dice < 55) {
            expiry.act(client, anyKey(ExpiryLoad.CACHE), chance, this::ended);
        } else if (dice < 75) {
            increment(null, this::next);
        } else if (dice < 75 + workload.clears()) {
            client.clear(histories.of(Workload.PLAIN), Workload.PLAIN, false, this::ended);
        } else if (dice < 82 + workload.clears() && workload.levels()) {
            levels.act(client, anyKey(Workload.ALL), chance, this::ended);
        } else if (workload.holds()) {
            underHold();
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
                evict(key);
                break;
            case 1:
                hold(
                        anyKey(Workload.COUNTERS),
                        HoldKind.EXCLUSIVE,
                        session -> increment(session.grant(), () -> {
                            session.release(null);
                            next();
                        }));
                break;
            default:
                readThrough(key);
        }
    }

    private void hold(SimKey key, HoldKind kind, Consumer<HoldSession> use) {
        long expected = histories.freshness(key);
        HoldSession[] session = new HoldSession[1];
        HoldSession.Waiter waiter = new HoldSession.Waiter() {
            @Override
            public void granted() {
                doing = "holds " + key + " since " + ring.queue().nowMillis();
                use.accept(session[0]);
            }

            @Override
            public void served(Object loaded) {
                ring.coverage().count("HOLD_SERVED");
                if (numberOf(loaded) < expected) {
                    ring.invariants()
                            .violated("stale load shared: " + key + " is " + loaded + " after " + expected
                                    + " was evicted");
                }
                next();
            }

            @Override
            public void refused() {
                ring.coverage().count("HOLD_REFUSED");
                next();
            }
        };
        SimNode node = client.node();
        doing = "waits for a hold of " + key + " since " + ring.queue().nowMillis();
        long now = ring.queue().nowMillis();
        int slot = key.slot(ring.topology().slots());
        RecordKey name = new RecordKey(key.cache(), key);
        session[0] = new HoldSession(node, histories.newHold(), slot, name, kind, now + Client.TIMEOUT_MILLIS, waiter);
        node.perform(() -> {
            node.hold(session[0]);
            session[0].ask(now);
        });
        rescue(node, session[0]);
    }

    /** A hold dies with its node. */
    private void rescue(SimNode node, HoldSession session) {
        ring.queue().afterMillis(200, () -> {
            if (!node.isUp()) {
                session.abandon();
            } else if (session.isWaiting()) {
                rescue(node, session);
            }
        });
    }

    private void evict(SimKey key) {
        long number = histories.change(key);
        Remove remove = new Remove(key);
        client.call(histories.of(Workload.LOADED), Action.of(remove), remove, null, end -> {
            if (end.outcome() != null) {
                histories.evicted(key, number);
            }
            ended(end);
        });
    }

    private void readThrough(SimKey key) {
        long expected = histories.freshness(key);
        Get get = new Get(key, RULE);
        HistoryRecorder recorder = histories.of(Workload.LOADED);
        client.call(recorder, Action.of(get), get, null, end -> {
            histories.count(end);
            Outcome outcome = end.outcome();
            StoredRecord after = outcome == null ? null : outcome.after();
            if (after != null && numberOf(after.value()) < expected) {
                ring.invariants()
                        .violated(
                                "stale load: " + key + " is " + after.value() + " after " + expected + " was evicted");
            }
            if (outcome != null && after == null) {
                hold(key, HoldKind.LOAD, session -> load(key, session));
            } else {
                next();
            }
        });
    }

    private static long numberOf(Object loaded) {
        return Long.parseLong(loaded.toString().split(":")[1]);
    }

    private void load(SimKey key, HoldSession session) {
        long number = histories.sourceOf(key);
        String value = histories.newValue("L") + ":" + number;
        ring.queue().after(Math.min(3_000_000, chance.tailed(150_000)), () -> {
            PutIfAbsent fill = new PutIfAbsent(key, value, RULE);
            client.call(histories.of(Workload.LOADED), Action.of(fill), fill, session.grant(), end -> {
                session.release(end.outcome() == null ? null : value); // As caches do: whether it was stored or not.
                ended(end);
            });
        });
    }
}
