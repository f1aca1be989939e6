package dev.hypercache.sim;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.ReadCompletion;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.Answer;
import dev.hypercache.sim.check.HistoryRecorder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thread of an application: it does one thing at a time at one node, and writes down what it saw. */
final class Client {

    static final long TIMEOUT_MILLIS = 5_000;

    /** How a call ended. */
    record End(Answer answer, @Nullable Outcome outcome, String trouble) {}

    private final SimRing ring;
    private final int id;
    private SimNode node;

    Client(SimRing ring, int id, SimNode node) {
        this.ring = ring;
        this.id = id;
        this.node = node;
    }

    int id() {
        return id;
    }

    SimNode node() {
        return node;
    }

    /** Goes to another node for its next calls. */
    void moveTo(SimNode other) {
        node = other;
    }

    /** Performs one operation and writes it down. */
    void call(HistoryRecorder recorder, Action action, EntryOp op, @Nullable HoldGrant hold, Consumer<End> then) {
        CallOptions options = mutates(op) ? CallOptions.mutation(TIMEOUT_MILLIS) : CallOptions.read(TIMEOUT_MILLIS);
        callWith(hold == null ? options : options.under(hold), recorder, action, op, then);
    }

    /** Performs one operation in its own way and writes it down. */
    void callWith(CallOptions options, HistoryRecorder recorder, Action action, EntryOp op, Consumer<End> then) {
        SimKey key = (SimKey) op.key();
        Ending ending = new Ending(recorder, recorder.begin(id, action), mutates(op), then);
        node.perform(() -> node.coordinator()
                .execute(
                        slotOf(key),
                        key.cache(),
                        op,
                        options,
                        ending,
                        node.clock().steadyMillis()));
    }

    private int slotOf(SimKey key) {
        return key.slot(ring.topology().slots());
    }

    private static boolean mutates(EntryOp op) {
        return op.kind() != EntryOp.Kind.READ;
    }

    /** How to read past the leader. */
    enum Past {
        ONE,
        DIGEST,
        MAJORITY,
        ALL
    }

    /** Reads past the leader, and asks the leader if that does not settle it. */
    void read(@Nullable HistoryRecorder recorder, Get get, Past level, Consumer<End> then) {
        long invocation = recorder == null ? 0 : recorder.begin(id, Action.of(get));
        Ending ending = new Ending(recorder, invocation, false, then);
        SimKey key = (SimKey) get.key();
        RecordKey name = new RecordKey(key.cache(), key);
        ReadCompletion completion = new ReadCompletion() {
            @Override
            public void read(@Nullable StoredRecord record) {
                ring.coverage().count("READ_" + level + "_SETTLED");
                ending.performed(get.evaluate(record, NoContext.INSTANCE));
            }

            @Override
            public void askLeader() {
                ring.coverage().count("READ_" + level + "_ASKED_LEADER");
                CallOptions options = CallOptions.read(TIMEOUT_MILLIS / 2);
                long now = node.clock().steadyMillis();
                node.coordinator().execute(slotOf(key), key.cache(), get, options, ending, now);
            }
        };
        node.perform(() -> read(level, name, completion));
    }

    private void read(Past level, RecordKey name, ReadCompletion completion) {
        long now = node.clock().steadyMillis();
        int slot = slotOf((SimKey) name.key());
        switch (level) {
            case ONE:
                node.coordinator().readOne(slot, name, TIMEOUT_MILLIS / 2, completion, now);
                break;
            case DIGEST:
                node.digests().read(List.of(name), List.of(slot), List.of(completion));
                break;
            case ALL:
                node.coordinator().readAll(slot, name, TIMEOUT_MILLIS / 2, completion, now);
                break;
            default:
                node.coordinator().readQuorum(slot, name, TIMEOUT_MILLIS / 2, completion, now);
        }
    }

    /** Clears a cache in all slots. */
    void clear(HistoryRecorder recorder, int cache, boolean toAll, Consumer<End> then) {
        long invocation = recorder.begin(id, new Action.Clear());
        int slots = ring.topology().slots();
        int[] ended = new int[3];
        Consumer<End> each = end -> {
            ended[end.outcome() != null ? 0 : end.answer() == Answer.Bare.FAILED ? 1 : 2]++;
            if (ended[0] + ended[1] + ended[2] == slots) {
                Answer.Bare all = ended[0] == slots
                        ? Answer.Bare.CLEARED
                        : ended[1] == slots ? Answer.Bare.FAILED : Answer.Bare.INDETERMINATE;
                recorder.end(invocation, all);
                then.accept(new End(all, null, ""));
            }
        };
        for (int slot = 0; slot < slots; slot++) {
            int one = slot;
            Ending ending = new Ending(null, 0, true, each);
            node.perform(() -> node.coordinator()
                    .clear(
                            one,
                            cache,
                            new CallOptions(true, toAll, TIMEOUT_MILLIS, null, true),
                            ending,
                            node.clock().steadyMillis()));
        }
    }

    /** Writes down how a call ended, also if its node dies under it. */
    private final class Ending implements Completion {
        private final @Nullable HistoryRecorder recorder;
        private final long invocation;
        private final boolean mutates;
        private final Consumer<End> then;
        private final SimNode at = node;
        private boolean ended;

        Ending(@Nullable HistoryRecorder recorder, long invocation, boolean mutates, Consumer<End> then) {
            this.recorder = recorder;
            this.invocation = invocation;
            this.mutates = mutates;
            this.then = then;
            watch();
        }

        private void watch() {
            ring.queue().afterMillis(100, () -> {
                if (!ended && !at.isUp()) {
                    end(new End(mutates ? Answer.Bare.INDETERMINATE : Answer.Bare.FAILED, null, "node died"));
                } else if (!ended) {
                    watch();
                }
            });
        }

        private void end(End end) {
            if (ended) {
                if (at.isUp()) {
                    ring.invariants().violated("a call ended twice: " + end);
                }
                return;
            }
            ended = true;
            ring.invariants().note(end.answer().toString().hashCode());
            if (recorder != null) {
                recorder.end(invocation, end.answer());
            }
            then.accept(end);
        }

        @Override
        public void performed(Outcome outcome) {
            end(new End(Answer.of(outcome), outcome, ""));
        }

        @Override
        public void failed(String reason) {
            end(new End(Answer.Bare.FAILED, null, reason));
        }

        @Override
        public void indeterminate(@Nullable OpToken token, String reason) {
            end(new End(Answer.Bare.INDETERMINATE, null, reason));
        }
    }
}
