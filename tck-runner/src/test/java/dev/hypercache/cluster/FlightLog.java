package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the threads of {@link Flights} reported. Safe for use by any threads. */
final class FlightLog {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(50);

    private final List<String[]> reports = new ArrayList<>();

    synchronized void report(String line) {
        reports.add(line.split(" ", 3));
        notifyAll();
    }

    /** How many threads are about to ask for a key, or have. */
    synchronized long asked(String key) {
        return count(Flights.ASKS, key);
    }

    /** How often a computation of a key began. */
    synchronized long computations(String key) {
        return count(Flights.COMPUTES, key);
    }

    /** What the computation of a key brings that began first. */
    String firstComputed(String key) {
        return said(Flights.COMPUTES, key).get(0);
    }

    /** What the evictions of a key came to that have ended. */
    List<String> evictions(String key) {
        return said(Flights.EVICTED, key);
    }

    /** What the threads got that asked for a key. */
    List<String> flown(String key) {
        return said(Flights.FLOWN, key);
    }

    private synchronized List<String> said(String what, String key) {
        return reportsOf(what, key).map(report -> report[2]).toList();
    }

    /** All that was reported of a key, in the order in which it came. */
    synchronized List<String> of(String key) {
        return reports.stream()
                .filter(report -> report[1].equals(key))
                .map(report -> String.join(" ", report))
                .toList();
    }

    private long count(String what, String key) {
        return reportsOf(what, key).count();
    }

    private Stream<String[]> reportsOf(String what, String key) {
        return reports.stream().filter(report -> report[0].equals(what) && report[1].equals(key));
    }

    /** Waits for reports. */
    synchronized void await(String what, BooleanSupplier enough) throws InterruptedException {
        long startedNanos = System.nanoTime();
        while (!enough.getAsBoolean()) {
            long left = PATIENCE_NANOS - (System.nanoTime() - startedNanos);
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + what + "; the last reports are "
                        + reports.subList(Math.max(0, reports.size() - 20), reports.size()).stream()
                                .map(report -> String.join(" ", report))
                                .toList());
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Forgets what was reported. */
    synchronized void clear() {
        reports.clear();
    }
}
