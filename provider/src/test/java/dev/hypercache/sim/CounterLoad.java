package dev.hypercache.sim;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.Finding;
import dev.hypercache.sim.check.HistoryRecorder;
import dev.hypercache.sim.check.LinearizabilityChecker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Clients that increment shared counters without pause, now at one node, now at another. */
final class CounterLoad {

    private static final long THINK_MICROS = 4_000;

    /** How one increment ended, and in which slot; null if nobody changed the counter before. */
    record Done(int slot, SimNode at, long beganMillis, long endedMillis, Client.End end) {
        boolean isAcknowledged() {
            return end.outcome() != null && Histories.changed(end.outcome());
        }

        long millis() {
            return endedMillis - beganMillis;
        }
    }

    private final SimRing ring;
    private final Chance chance;
    private final int keys;
    private final Histories histories = new Histories();
    private final List<Done> done = new ArrayList<>();
    private final Set<Integer> oneTime = new LinkedHashSet<>();
    private Predicate<SimNode> where = node -> true;
    private int arrivals = 1_000;
    private int busy;
    private boolean stopped;

    CounterLoad(SimRing ring, Chance chance, int keys) {
        this.ring = ring;
        this.chance = chance;
        this.keys = keys;
    }

    void start(int clients) {
        for (int i = 1; i <= clients; i++) {
            busy++;
            next(new Client(ring, i, ring.live().get(0)));
        }
    }

    /** Besides, a further client comes every so often for one increment, whatever became of the others. */
    void arrive(long everyMillis) {
        busy++;
        ring.queue().afterMillis(everyMillis, () -> {
            busy--;
            if (!stopped) {
                busy++;
                arrivals++;
                oneTime.add(arrivals);
                begin(new Client(ring, arrivals, ring.live().get(0)));
                arrive(everyMillis);
            }
        });
    }

    /** From now on clients begin at such nodes only. */
    void only(Predicate<SimNode> newWhere) {
        where = newWhere;
    }

    void stop() {
        stopped = true;
    }

    boolean isBusy() {
        return busy > 0;
    }

    /** Every increment that ended. */
    List<Done> done() {
        return done;
    }

    private void next(Client client) {
        ring.queue().after(chance.tailed(THINK_MICROS), () -> {
            if (stopped) {
                busy--;
                return;
            }
            begin(client);
        });
    }

    private void begin(Client client) {
        client.moveTo(chance.oneOf(ring.live().stream().filter(where).toList()));
        increment(client, new SimKey(Workload.COUNTERS, chance.below(keys)));
    }

    private void increment(Client client, SimKey key) {
        long began = ring.queue().nowMillis();
        HistoryRecorder recorder = histories.of(key.cache());
        Get get = new Get(key, ExpiryRule.NEVER);
        client.call(recorder, Action.of(get), get, null, end -> {
            Outcome read = end.outcome();
            if (read == null) {
                ended(client, key, began, end);
            } else {
                write(client, key, read.after(), began);
            }
        });
    }

    private void write(Client client, SimKey key, @Nullable StoredRecord seen, long began) {
        Object value = seen == null ? null : seen.value();
        long next = value == null ? 1 : (Long) value + 1;
        EntryOp op = new AtVersion(new Put(key, next, ExpiryRule.NEVER), seen == null ? null : seen.version());
        client.call(histories.of(key.cache()), Action.ifUnchanged(op, value), op, null, end -> {
            histories.incremented(key, next, end);
            ended(client, key, began, end);
        });
    }

    private void ended(Client client, SimKey key, long began, Client.End end) {
        int slot = key.slot(ring.topology().slots());
        done.add(new Done(slot, client.node(), began, ring.queue().nowMillis(), end));
        if (oneTime.remove(client.id())) {
            busy--;
        } else {
            next(client);
        }
    }

    /** What is wrong with the counters, which are read at a node that works; to be called when nobody is busy. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(ring.invariants().violations());
        int[] open = {keys};
        Client reader = new Client(ring, 0, ring.live().get(0));
        for (int index = 0; index < keys; index++) {
            SimKey key = new SimKey(Workload.COUNTERS, index);
            Get get = new Get(key, ExpiryRule.NEVER);
            reader.call(histories.of(key.cache()), Action.of(get), get, null, end -> {
                open[0]--;
                Outcome outcome = end.outcome();
                if (outcome == null) {
                    complaints.add("the last read of " + key + " failed: " + end.trouble());
                } else {
                    StoredRecord after = outcome.after();
                    complaints.addAll(histories.counter(key).complaints(after == null ? 0 : (Long) after.value()));
                }
            });
        }
        while (open[0] > 0) {
            ring.queue().step(Long.MAX_VALUE);
        }
        for (Finding finding : new LinearizabilityChecker()
                .check(histories.of(Workload.COUNTERS).history())) {
            complaints.add(finding.toString());
        }
        return complaints;
    }
}
