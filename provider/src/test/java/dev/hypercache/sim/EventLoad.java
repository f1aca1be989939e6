package dev.hypercache.sim;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Clients that change a few keys from nodes taken at random, each value once, while every node listens. */
final class EventLoad {

    private static final long THINK_MICROS = 12_000;

    private final SimRing ring;
    private final Chance chance;
    private final int keys;
    private final Consumer<Done> done;
    private final Set<SimKey> changed = new LinkedHashSet<>();
    private long left;
    private long values;
    private long open;

    /** An operation that was performed. */
    record Done(SimNode node, SimKey key, Outcome outcome) {}

    EventLoad(SimRing ring, Chance chance, int keys, Consumer<Done> done) {
        this.ring = ring;
        this.chance = chance;
        this.keys = keys;
        this.done = done;
    }

    void start(int clients, long operations) {
        left = operations;
        for (int i = 0; i < clients; i++) {
            next();
        }
    }

    boolean isBusy() {
        return left > 0 || open > 0;
    }

    /** Nothing more is begun. */
    void stop() {
        left = 0;
    }

    /** The keys of which a change was acknowledged. */
    Set<SimKey> changed() {
        return changed;
    }

    private void next() {
        if (left > 0) {
            left--;
            open++;
            ring.queue().after(chance.tailed(THINK_MICROS), this::act);
        }
    }

    private void act() {
        SimNode node = chance.oneOf(ring.open());
        EntryOp op = anyOp(new SimKey(Workload.PLAIN, chance.below(keys)));
        End end = new End(node, (SimKey) op.key());
        boolean mutates = op.kind() != EntryOp.Kind.READ;
        CallOptions options =
                mutates ? CallOptions.mutation(Client.TIMEOUT_MILLIS) : CallOptions.read(Client.TIMEOUT_MILLIS);
        watch(node, end);
        node.perform(() -> node.coordinator()
                .execute(
                        end.key.slot(ring.topology().slots()),
                        end.key.cache(),
                        op,
                        options,
                        end,
                        node.clock().steadyMillis()));
    }

    private EntryOp anyOp(SimKey key) {
        long life = chance.happens(0.2) ? chance.between(50, 600) : ExpiryRule.UNCHANGED;
        ExpiryRule rule =
                life == ExpiryRule.UNCHANGED ? ExpiryRule.NEVER : new ExpiryRule(life, life, ExpiryRule.UNCHANGED);
        switch (chance.below(10)) {
            case 0:
                return new Get(key, ExpiryRule.NEVER);
            case 1:
            case 2:
                return new Remove(key);
            case 3:
                return new PutIfAbsent(key, ++values, rule);
            default:
                return new Put(key, ++values, rule);
        }
    }

    private void watch(SimNode node, End end) {
        ring.queue().afterMillis(100, () -> {
            if (!node.isUp()) {
                end.end();
            } else if (!end.ended) {
                watch(node, end);
            }
        });
    }

    private final class End implements Completion {
        private final SimNode node;
        private final SimKey key;
        private boolean ended;

        End(SimNode node, SimKey key) {
            this.node = node;
            this.key = key;
        }

        private void end() {
            if (!ended) {
                ended = true;
                open--;
                next();
            }
        }

        @Override
        public void expired(ExpiredFound expired) {
            ring.events().answered(node, key, Change.EXPIRED, expired.record(), null);
        }

        @Override
        public void performed(Outcome outcome) {
            ring.events().answered(node, key, outcome.change(), outcome.before(), outcome.after());
            if (outcome.change() != Change.NONE) {
                changed.add(key);
                done.accept(new Done(node, key, outcome));
            }
            end();
        }

        @Override
        public void failed(String reason) {
            end();
        }

        @Override
        public void indeterminate(@Nullable OpToken token, String reason) {
            end();
        }
    }
}
