package dev.hypercache.sim;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.HistoryRecorder;
import java.util.function.Consumer;

/**
 * What a client does under holds: it reads what is cached of a source, evicts what changed there, and brings what is missing as
 * caches do it, by a load, or by a processor that computes what it does not find. Nothing older than an eviction that
 * ended may be read or shared after it.
 */
final class HoldLoad {

    private static final ExpiryRule RULE = ExpiryRule.NEVER;

    private final SimRing ring;
    private final Histories histories;
    private final Chance chance;
    private final Client client;
    private final Runnable next;
    private final Consumer<Client.End> ended;
    private String doing = "thinks";

    /**
     * @param next goes on where nothing was done
     * @param ended goes on after an operation
     */
    HoldLoad(
            SimRing ring,
            Histories histories,
            Chance chance,
            Client client,
            Runnable next,
            Consumer<Client.End> ended) {
        this.ring = ring;
        this.histories = histories;
        this.chance = chance;
        this.client = client;
        this.next = next;
        this.ended = ended;
    }

    @Override
    public String toString() {
        return doing;
    }

    void hold(SimKey key, HoldKind kind, Consumer<HoldSession> use) {
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
                next.run();
            }

            @Override
            public void refused() {
                ring.coverage().count("HOLD_REFUSED");
                next.run();
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

    void evict(SimKey key) {
        long number = histories.change(key);
        Remove remove = new Remove(key);
        client.call(histories.of(Workload.LOADED), Action.of(remove), remove, null, end -> {
            if (end.outcome() != null) {
                histories.evicted(key, number);
            }
            ended.accept(end);
        });
    }

    void readThrough(SimKey key) {
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
            if (outcome == null || after != null) {
                next.run();
            } else if (chance.happens(0.5)) {
                hold(key, HoldKind.LOAD, session -> load(key, session));
            } else {
                hold(key, HoldKind.EXCLUSIVE, session -> compute(key, session));
            }
        });
    }

    private static long numberOf(Object loaded) {
        return Long.parseLong(loaded.toString().split(":")[1]);
    }

    private void load(SimKey key, HoldSession session) {
        long number = histories.sourceOf(key);
        String value = histories.newValue("L") + ":" + number;
        afterWork(() -> {
            PutIfAbsent fill = new PutIfAbsent(key, value, RULE);
            client.call(histories.of(Workload.LOADED), Action.of(fill), fill, session.grant(), end -> {
                session.release(end.outcome() == null ? null : value); // As caches do: whether it was stored or not.
                ended.accept(end);
            });
        });
    }

    /** As a processor does that finds no entry: it looks again under its hold, and relies on what it saw there. */
    private void compute(SimKey key, HoldSession session) {
        Get get = new Get(key, RULE);
        client.call(histories.of(Workload.LOADED), Action.of(get), get, null, end -> {
            Outcome read = end.outcome();
            if (read == null || read.after() != null) {
                session.release(null);
                ended.accept(end);
                return;
            }
            histories.count(end);
            String value = histories.newValue("P") + ":" + histories.sourceOf(key);
            afterWork(() -> {
                AtVersion store = new AtVersion(new Put(key, value, RULE), null);
                Action action = Action.ifUnchanged(store, null);
                client.call(histories.of(Workload.LOADED), action, store, session.grant(), stored -> {
                    ring.coverage().count(isStored(stored) ? "COMPUTED_STORED" : "COMPUTED_NOT_STORED");
                    session.release(null);
                    ended.accept(stored);
                });
            });
        });
    }

    private static boolean isStored(Client.End end) {
        Outcome outcome = end.outcome();
        return outcome != null && outcome.applied();
    }

    private void afterWork(Runnable then) {
        ring.queue().after(Math.min(3_000_000, chance.tailed(150_000)), then);
    }
}
