package dev.hypercache.sim.check;

import dev.hypercache.core.lead.SlotLeader;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Clients of one key that is served by a single leader, which is atomic by construction: whatever they see is
 * linearizable.
 *
 * <p>Calls, effects and returns are interleaved at random. Some clients give up, and what they asked for takes effect
 * later or never; some are refused; now and then a takeover gives the value a fresh version.
 */
final class RegisterRun {

    private static final String KEY = Script.KEY;
    private static final ExpiryRule NEVER = ExpiryRule.NEVER;

    /** A call on its way: not yet applied, or applied and not yet answered. */
    private static final class Call {
        final int client;
        final long id;
        final Action action;

        @Nullable
        Answer answer;

        Call(int client, long id, Action action) {
            this.client = client;
            this.id = id;
            this.action = action;
        }
    }

    /**
     * How a run goes.
     *
     * @param values how many values the clients write; 0 for a new one each time
     * @param lostPercent how many of the calls end without an answer
     */
    record Shape(int clients, int operations, int values, int lostPercent) {}

    private final RandomGenerator random;
    private final Shape shape;
    private final HistoryRecorder recorder = new HistoryRecorder();
    private final SlotReplica replica = SlotReplica.alone(new HeapEntryStore<>());
    private final SlotLeader leader =
            new SlotLeader(new Ballot(1, 0, 0), replica, Object::equals, (key, change, before, after) -> {});
    private final @Nullable Call[] calls;
    private final List<Call> strays = new ArrayList<>();
    private int begun;
    private int values;

    private RegisterRun(RandomGenerator random, Shape shape) {
        this.random = random;
        this.shape = shape;
        calls = new Call[shape.clients];
    }

    static List<Invocation> history(RandomGenerator random, Shape shape) {
        RegisterRun run = new RegisterRun(random, shape);
        while (run.step()) {
            run.disturb();
        }
        return run.recorder.history();
    }

    /** Lets one client go one step further; false once all that was to be asked is answered. */
    private boolean step() {
        int client = random.nextInt(calls.length);
        Call call = calls[client];
        if (call == null) {
            if (begun < shape.operations) {
                begun++;
                Action action = action();
                calls[client] = new Call(client, recorder.begin(client, action), action);
            }
        } else if (call.answer == null) {
            serve(call);
        } else {
            end(call, call.answer);
        }
        return begun < shape.operations || anyCall();
    }

    private boolean anyCall() {
        for (Call call : calls) {
            if (call != null) {
                return true;
            }
        }
        return false;
    }

    private void serve(Call call) {
        int dice = random.nextInt(100);
        if (dice < shape.lostPercent) {
            strays.add(call);
            end(call, Answer.Bare.INDETERMINATE);
        } else if (dice < shape.lostPercent + 3) {
            end(call, Answer.Bare.FAILED);
        } else {
            call.answer = apply(call.action);
        }
    }

    private void end(Call call, Answer answer) {
        calls[call.client] = null;
        recorder.end(call.id, answer);
    }

    private void disturb() {
        if (!strays.isEmpty() && random.nextInt(20) == 0) {
            apply(strays.remove(random.nextInt(strays.size())).action);
        }
        StoredRecord held = replica.get(KEY);
        if (held != null && random.nextInt(20) == 0) {
            leader.execute(new Put(KEY, held.value(), NEVER), null, 0);
        }
    }

    private Answer apply(Action action) {
        if (action instanceof Action.OnKey onKey) {
            return Answer.of(leader.execute(onKey.op(), null, 0));
        }
        leader.clear(0);
        return Answer.Bare.CLEARED;
    }

    private Action action() {
        StoredRecord held = replica.get(KEY);
        int dice = random.nextInt(100);
        if (dice < 4) {
            return new Action.Clear();
        }
        if (dice < 20) {
            return ifUnchanged(held);
        }
        if (dice < 25 && held != null) {
            return Action.ifUnchanged(new Touch(KEY, held.version(), NEVER), held.value());
        }
        return Action.of(dice < 50 ? new Get(KEY, NEVER) : plain(held == null ? value() : held.value()));
    }

    private Action ifUnchanged(@Nullable StoredRecord held) {
        Object seen = held == null ? null : held.value();
        EntryOp op = plain(seen == null ? value() : seen);
        return Action.ifUnchanged(new AtVersion(op, held == null ? null : held.version()), seen);
    }

    private EntryOp plain(Object seen) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Remove(KEY);
            case 2 -> new RemoveIfEqual(KEY, seen, NEVER);
            case 3 -> new ReplaceIfEqual(KEY, seen, value(), NEVER);
            case 4 -> new Replace(KEY, value(), NEVER);
            case 5 -> new PutIfAbsent(KEY, value(), NEVER);
            case 6 -> random.nextBoolean() ? new Evict(KEY) : new Expire(KEY);
            default -> new Put(KEY, value(), NEVER);
        };
    }

    private Object value() {
        return "w" + (shape.values == 0 ? ++values : random.nextInt(shape.values));
    }
}
