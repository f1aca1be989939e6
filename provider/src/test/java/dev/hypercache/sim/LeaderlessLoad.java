package dev.hypercache.sim;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.ReadCompletion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Clients of the cache that nobody orders, beside those of the ordered ones. */
final class LeaderlessLoad {

    private static final ExpiryRule SHORT = new ExpiryRule(700, 700, ExpiryRule.UNCHANGED);

    /** How to read. */
    private enum Level {
        ONE,
        QUORUM,
        ALL
    }

    /** What a majority was seen to hold, and after how many losses of memory. */
    private record Seen(HybridVersion version, int losses) {}

    private final SimRing ring;
    private final LeaderlessChecks checks;
    private final Chance chance;
    private final Workload workload;
    private final Map<SimKey, Seen> seen = new LinkedHashMap<>();
    private BooleanSupplier enough = () -> true;
    private int busy;
    private long values;
    private long done;
    private Object lastSeen = "nothing";
    private @Nullable StoredRecord lastRecord;

    LeaderlessLoad(SimRing ring, LeaderlessChecks checks, Chance chance, Workload workload) {
        this.ring = ring;
        this.checks = checks;
        this.chance = chance;
        this.workload = workload;
    }

    void start(int clients, BooleanSupplier newEnough) {
        enough = newEnough;
        for (int i = 0; i < clients; i++) {
            busy++;
            next();
        }
    }

    boolean isBusy() {
        return busy > 0;
    }

    long done() {
        return done;
    }

    private void next() {
        if (enough.getAsBoolean()) {
            busy--;
            return;
        }
        ring.queue().after(Math.min(1_500_000, chance.tailed(workload.thinkMicros())), this::act);
    }

    private void act() {
        SimNode node = chance.oneOf(ring.open());
        SimKey key = new SimKey(Workload.ONE, chance.below(workload.keys()));
        Call call = new Call(node, key);
        call.watch();
        int dice = chance.below(100);
        if (dice < 40) {
            read(call, dice < 15 ? Level.ONE : dice < 35 ? Level.QUORUM : Level.ALL);
        } else if (dice < 44 && workload.clears() > 0) {
            clear(call);
        } else {
            EntryOp op = anyOp(key);
            node.perform(() -> perform(call, op));
        }
    }

    private void perform(Call call, EntryOp op) {
        Object value = op.value();
        if (value != null) {
            checks.invoked(value);
        }
        call.node
                .coordinator()
                .perform(
                        slotOf(call.key),
                        Workload.ONE,
                        op,
                        CallOptions.mutation(Client.TIMEOUT_MILLIS),
                        call,
                        call.node.clock().steadyMillis());
    }

    private int slotOf(SimKey key) {
        return key.slot(ring.topology().slots());
    }

    private Object newValue() {
        return "o" + (++values);
    }

    private EntryOp anyOp(SimKey key) {
        ExpiryRule rule = chance.happens(0.3) ? SHORT : ExpiryRule.NEVER;
        switch (chance.below(10)) {
            case 0:
                return new PutIfAbsent(key, newValue(), rule);
            case 1:
                return new Replace(key, newValue(), rule);
            case 2:
                return new ReplaceIfEqual(key, lastSeen, newValue(), rule);
            case 3:
                return new RemoveIfEqual(key, lastSeen, rule);
            case 4:
                StoredRecord record = lastRecord;
                return new AtVersion(new Put(key, newValue(), rule), record == null ? null : record.version());
            case 5:
            case 6:
                return new Remove(key);
            default:
                return new Put(key, newValue(), rule);
        }
    }

    private void clear(Call call) {
        int slot = chance.below(ring.topology().slots());
        SimNode node = call.node;
        node.perform(() -> node.coordinator()
                .performClear(
                        slot,
                        Workload.ONE,
                        CallOptions.mutation(Client.TIMEOUT_MILLIS),
                        call,
                        node.clock().steadyMillis()));
    }

    /** Who was removed and has not heard of it reads its own copy at ONE, which the others forgot. */
    private boolean isMember(SimNode node) {
        return ring.topology().state().roster().member(node.nodeId()) != null;
    }

    private void read(Call call, Level level) {
        SimKey key = call.key;
        SimNode node = call.node;
        HybridVersion gone = checks.purged(key);
        Seen before = seen.get(key);
        ReadCompletion completion = new ReadCompletion() {
            @Override
            public void read(@Nullable StoredRecord record) {
                ring.coverage().count("LEADERLESS_READ_" + level);
                if (record != null) {
                    if (level != Level.ONE || isMember(node)) {
                        checks.read(key, gone, record);
                    }
                    lastRecord = record;
                }
                if (level != Level.ONE) {
                    settled(key, before, record);
                }
                call.performed(new Get(key, ExpiryRule.NEVER).evaluate(record, NoContext.INSTANCE));
            }

            @Override
            public void askLeader() {
                call.failed("the replicas did not answer");
            }
        };
        RecordKey name = new RecordKey(Workload.ONE, key);
        node.perform(() -> {
            long now = node.clock().steadyMillis();
            if (level == Level.ONE) {
                node.coordinator().readLeaderlessOne(slotOf(key), name, Client.TIMEOUT_MILLIS, completion, now);
            } else {
                boolean all = level == Level.ALL;
                node.coordinator().readLeaderless(slotOf(key), name, all, Client.TIMEOUT_MILLIS, completion, now);
            }
        });
    }

    /** What one such read saw no later one may miss, unless memory got lost. */
    private void settled(SimKey key, @Nullable Seen before, @Nullable StoredRecord record) {
        if (record == null) {
            return;
        }
        HybridVersion version = record.hybridVersion();
        if (before != null
                && before.losses() == checks.losses()
                && checks.nameNow(key, before.version()).compareTo(version) > 0) {
            checks.violated(key + " is read as " + record + " after " + before.version());
        }
        Seen now = new Seen(version, checks.losses());
        seen.merge(key, now, (one, other) -> one.version().compareTo(other.version()) > 0 ? one : other);
    }

    /** Ends also if its node dies under it. */
    private final class Call implements Completion {
        private final SimNode node;
        private final SimKey key;
        private boolean ended;

        Call(SimNode node, SimKey key) {
            this.node = node;
            this.key = key;
        }

        void watch() {
            ring.queue().afterMillis(100, () -> {
                if (!ended && !node.isUp()) {
                    end();
                } else if (!ended) {
                    watch();
                }
            });
        }

        private void end() {
            if (!ended) {
                ended = true;
                done++;
                next();
            }
        }

        @Override
        public void performed(Outcome outcome) {
            StoredRecord after = outcome.after();
            lastSeen = after == null ? lastSeen : after.value();
            end();
        }

        @Override
        public void failed(String reason) {
            ring.coverage().count("LEADERLESS_FAILED");
            end();
        }

        @Override
        public void indeterminate(@Nullable OpToken token, String reason) {
            ring.coverage().count("LEADERLESS_INDETERMINATE");
            end();
        }
    }
}
