package dev.hypercache.cluster;

import dev.hypercache.cluster.CallLog.Call;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome.Status;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.sim.check.Action;
import dev.hypercache.sim.check.Answer;
import dev.hypercache.sim.check.Invocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes of calls by the clock of the machine a history in logical time, as the checkers of the simulator read it. Of two events
 * at the same time a beginning comes before an end: then the calls overlap, and any order of them is right.
 */
final class WallHistory {

    private record Event(long nanos, boolean isEnd, Call call) {}

    private WallHistory() {}

    /** The history of a cache in which nothing expires. */
    static List<Invocation> of(List<Call> calls) {
        return of(calls, false);
    }

    /**
     * The history of a cache whose entries have an end: each is written down as one that somebody may remove at any later time,
     * without a word. So it has an order exactly if no entry comes back after it was seen to be gone.
     */
    static List<Invocation> ofBrief(List<Call> calls) {
        return of(calls, true);
    }

    private static List<Invocation> of(List<Call> calls, boolean mayExpire) {
        List<Event> events = new ArrayList<>();
        for (Call call : calls) {
            events.add(new Event(call.report().nanos(), false, call));
            if (call.end() != null) {
                events.add(new Event(call.endNanos(), true, call));
            }
        }
        events.sort(Comparator.comparingLong(Event::nanos).thenComparing(Event::isEnd));
        Map<Long, Long> begunAt = new HashMap<>();
        List<Invocation> history = new ArrayList<>();
        long time = 0;
        for (Event event : events) {
            Call call = event.call();
            long id = call.report().id();
            time++;
            if (event.isEnd()) {
                history.add(invocation(call, Objects.requireNonNull(begunAt.get(id), "begun"), time));
            } else {
                begunAt.put(id, time);
                String value = call.report().value();
                if (mayExpire && value != null) {
                    time++;
                    history.add(expiry(call, value, time));
                }
                if (call.end() == null) {
                    history.add(invocation(call, begunAt.get(id), begunAt.get(id) + 1));
                }
            }
        }
        return history;
    }

    private static Invocation expiry(Call call, String value, long time) {
        EntryOp op = new RemoveIfEqual(call.report().key(), value, ExpiryRule.NEVER);
        long id = -call.report().id();
        return new Invocation(id, call.report().client(), Action.of(op), time, time + 1, Answer.Bare.INDETERMINATE);
    }

    private static Invocation invocation(Call call, long begunAt, long endedAt) {
        Report report = call.report();
        return new Invocation(report.id(), report.client(), action(report), begunAt, endedAt, answer(call));
    }

    private static Action action(Report report) {
        return report.call() == JcacheCall.CLEAR ? new Action.Clear() : Action.of(op(report));
    }

    private static EntryOp op(Report report) {
        String key = report.key();
        return switch (report.call()) {
            case GET, GET_ALL -> new Get(key, ExpiryRule.NEVER);
            case PUT, PUT_ALL, GET_AND_PUT -> new Put(key, value(report), ExpiryRule.NEVER);
            case PUT_IF_ABSENT -> new PutIfAbsent(key, value(report), ExpiryRule.NEVER);
            case REPLACE, GET_AND_REPLACE -> new Replace(key, value(report), ExpiryRule.NEVER);
            case REPLACE_IF_EQUAL -> new ReplaceIfEqual(key, expected(report), value(report), ExpiryRule.NEVER);
            case REMOVE, REMOVE_ALL, GET_AND_REMOVE -> new Remove(key);
            case REMOVE_IF_EQUAL -> new RemoveIfEqual(key, expected(report), ExpiryRule.NEVER);
            default -> throw new IllegalArgumentException(report.call() + " is not modelled");
        };
    }

    private static Object value(Report report) {
        return Objects.requireNonNull(report.value(), "value");
    }

    private static Object expected(Report report) {
        return Objects.requireNonNull(report.expected(), "expected");
    }

    private static Answer answer(Call call) {
        String told = call.told();
        return switch (told) {
            case Report.FAILED -> Answer.Bare.FAILED;
            case Report.UNKNOWN -> Answer.Bare.INDETERMINATE;
            case Report.DONE -> call.report().call() == JcacheCall.CLEAR ? Answer.Bare.CLEARED : Answer.Told.DONE;
            case "true" -> Answer.Told.CHANGED;
            case "false" -> Answer.Told.UNCHANGED;
            default -> seen(call.report(), Report.value(told));
        };
    }

    private static Answer seen(Report report, @Nullable String found) {
        boolean isThere = found != null;
        Status status = isThere ? Status.APPLIED : Status.UNMET;
        return switch (report.call()) {
            case GET, GET_ALL -> new Answer.Seen(status, Change.NONE, found, found);
            case GET_AND_PUT ->
                new Answer.Seen(Status.APPLIED, isThere ? Change.UPDATED : Change.CREATED, found, report.value());
            case GET_AND_REPLACE ->
                new Answer.Seen(status, isThere ? Change.UPDATED : Change.NONE, found, isThere ? report.value() : null);
            case GET_AND_REMOVE -> new Answer.Seen(status, isThere ? Change.REMOVED : Change.NONE, found, null);
            default -> throw new IllegalArgumentException(report.call() + " tells no value");
        };
    }
}
