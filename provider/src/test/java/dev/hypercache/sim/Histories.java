package dev.hypercache.sim;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.sim.check.Answer;
import dev.hypercache.sim.check.ExactlyOnceCounter;
import dev.hypercache.sim.check.HistoryRecorder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the clients of a run saw, cache by cache, and what the source of the loaded cache held. */
final class Histories {

    /** The order of events at the source and at its cache. */
    private record Moment(long at, long number) {}

    private final Map<Integer, HistoryRecorder> recorders = new TreeMap<>();
    private final Map<SimKey, ExactlyOnceCounter> counters = new LinkedHashMap<>();
    private final Map<SimKey, Long> source = new LinkedHashMap<>();
    private final Map<SimKey, Moment> evicted = new LinkedHashMap<>();
    private final Map<String, Long> troubles = new TreeMap<>();
    private long values;
    private long holds;
    private long moments;
    private long operations;
    private long failed;
    private long indeterminate;

    HistoryRecorder of(int cache) {
        return recorders.computeIfAbsent(cache, unused -> new HistoryRecorder());
    }

    /** The caches that anything was done to. */
    List<Integer> caches() {
        return List.copyOf(recorders.keySet());
    }

    ExactlyOnceCounter counter(SimKey key) {
        return counters.computeIfAbsent(key, unused -> new ExactlyOnceCounter());
    }

    /** An increment of a counter to a number ended. */
    void incremented(SimKey key, long number, Client.End end) {
        Outcome outcome = end.outcome();
        if (outcome != null && changed(outcome)) {
            counter(key).acknowledged(number);
        } else if (outcome == null && end.answer() == Answer.Bare.INDETERMINATE) {
            counter(key).indeterminate();
        } else {
            counter(key).failed();
        }
    }

    Map<SimKey, ExactlyOnceCounter> counters() {
        return counters;
    }

    /** A value that nobody wrote before. */
    String newValue(String kind) {
        return kind + (++values);
    }

    /** An id that no other hold has. */
    long newHold() {
        return ++holds;
    }

    long sourceOf(SimKey key) {
        return source.getOrDefault(key, 0L);
    }

    /** The source changes. */
    long change(SimKey key) {
        return source.merge(key, 1L, Long::sum);
    }

    /** Everything older than a number of the source was evicted by now. */
    void evicted(SimKey key, long number) {
        Moment before = evicted.get(key);
        if (before == null || before.number < number) {
            evicted.put(key, new Moment(++moments, number));
        }
    }

    /** What a read that begins now may at least expect. */
    long freshness(SimKey key) {
        Moment moment = evicted.get(key);
        return moment == null ? 0 : moment.number;
    }

    /** Why operations did not succeed, and how many of each. */
    Map<String, Long> troubles() {
        return troubles;
    }

    void count(Client.End end) {
        operations++;
        if (end.outcome() == null && !end.trouble().isEmpty()) {
            troubles.merge(end.answer() + ": " + end.trouble(), 1L, Long::sum);
        }
        Outcome outcome = end.outcome();
        boolean isBare =
                outcome == null && end.trouble() != null && !end.trouble().isEmpty();
        if (isBare && end.answer() == Answer.Bare.FAILED) {
            failed++;
        } else if (isBare) {
            indeterminate++;
        }
    }

    long operations() {
        return operations;
    }

    long failed() {
        return failed;
    }

    long indeterminate() {
        return indeterminate;
    }

    static boolean changed(Outcome outcome) {
        return outcome.change() == Change.CREATED || outcome.change() == Change.UPDATED;
    }
}
