package dev.hypercache.sim.check;

import dev.hypercache.core.op.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down the history of one cache while it happens.
 *
 * <p>The order of the calls is the logical time, so whoever observes the clients needs no clock. Holds all that was
 * recorded: a run is as long as whoever drives it decides. Confined to one thread.
 */
public final class HistoryRecorder {

    private record Begun(int client, Action action, long invokedAt) {}

    private final Map<Long, Begun> running = new LinkedHashMap<>();
    private final List<Invocation> ended = new ArrayList<>();
    private long ids;
    private long time;

    /**
     * A client asks.
     *
     * @return the id of the invocation, for its end
     */
    public long begin(int client, Action action) {
        long id = ++ids;
        running.put(id, new Begun(client, action, ++time));
        return id;
    }

    /** An invocation ends. */
    public void end(long id, Answer answer) {
        Begun begun = running.remove(id);
        if (begun == null) {
            throw new IllegalArgumentException("#" + id + " never began or has ended already");
        }
        ended.add(new Invocation(id, begun.client, begun.action, begun.invokedAt, ++time, answer));
    }

    /** An operation ends with an outcome. */
    public void end(long id, Outcome outcome) {
        end(id, Answer.of(outcome));
    }

    /** The history in the order of invocations; what still runs may or may not take effect. */
    public List<Invocation> history() {
        List<Invocation> history = new ArrayList<>(ended);
        long end = time;
        for (Map.Entry<Long, Begun> entry : running.entrySet()) {
            Begun begun = entry.getValue();
            history.add(new Invocation(
                    entry.getKey(), begun.client, begun.action, begun.invokedAt, ++end, Answer.Bare.INDETERMINATE));
        }
        history.sort(Comparator.comparingLong(Invocation::invokedAt));
        return List.copyOf(history);
    }
}
