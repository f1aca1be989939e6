package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reports of all clients of all nodes. Safe for use by any threads. */
final class CallLog {

    private final Map<Long, Report> begun = new LinkedHashMap<>();
    private final Map<Long, Report.End> ended = new HashMap<>();
    private final Map<Integer, Long> endedByClient = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    /** A call with its end, if it had one. */
    record Call(Report report, Report.@Nullable End end) {

        /** What its caller was told. */
        String told() {
            return end == null ? Report.UNKNOWN : end.told();
        }

        boolean isOpen() {
            return told().equals(Report.UNKNOWN);
        }

        boolean hasFailed() {
            return told().equals(Report.FAILED);
        }

        boolean isAnswered() {
            return !isOpen() && !hasFailed();
        }

        /** When its caller was told; never, if he was not. */
        long endNanos() {
            return end == null ? Long.MAX_VALUE : end.nanos();
        }
    }

    synchronized void report(String line) {
        if (line.startsWith(Load.BROKEN)) {
            broken.add(line);
        } else if (Report.isBegin(line)) {
            Report report = Report.parse(line);
            begun.put(report.id(), report);
        } else {
            Report.End end = Report.End.parse(line);
            ended.put(end.id(), end);
            endedByClient.merge(begun.get(end.id()).client(), 1L, Long::sum);
        }
    }

    /** How many calls of a node's clients ended. */
    synchronized long endedAt(int node) {
        long sum = 0;
        for (int i = 0; i < Mix.CLIENTS_OF_NODE; i++) {
            sum += endedByClient.getOrDefault(node * Mix.CLIENTS_OF_NODE + i, 0L);
        }
        return sum;
    }

    /** How many calls on a cache ended. */
    synchronized long answered(String cache) {
        return ended.keySet().stream()
                .filter(id -> begun.get(id).cache().equals(cache))
                .count();
    }

    /** What clients broke off with. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /** The calls on a cache, in the order in which each client made them. */
    synchronized List<Call> calls(String cache) {
        return begun.values().stream()
                .filter(report -> report.cache().equals(cache))
                .map(report -> new Call(report, ended.get(report.id())))
                .toList();
    }
}
