package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The acknowledged writes of all nodes, key by key. Safe for use by any threads. */
final class WriteLog {

    private final Map<String, List<Written>> byKey = new LinkedHashMap<>();
    private long size;

    /** Takes the report of a thread of a {@link WriteLoad}. */
    synchronized void report(String line) {
        Written written = Written.parse(line);
        byKey.computeIfAbsent(written.key(), unused -> new ArrayList<>()).add(written);
        size++;
    }

    synchronized long size() {
        return size;
    }

    synchronized Set<String> keys() {
        return Set.copyOf(byKey.keySet());
    }

    /** The number that a key must have, or a later one. */
    synchronized long last(String key) {
        List<Written> writes = byKey.get(key);
        return writes.get(writes.size() - 1).number();
    }

    /** The keys of a node that a write begun later was acknowledged of. */
    synchronized long keysWrittenSince(String prefix, long nanos) {
        return byKey.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix + "."))
                .filter(entry ->
                        entry.getValue().get(entry.getValue().size() - 1).begunNanos() > nanos)
                .count();
    }

    /** From a moment to the first acknowledgement of a write that began after it, of the key that took longest. */
    synchronized long longestUntilWritten(Set<String> prefixes, long nanos) {
        long longest = 0;
        for (Map.Entry<String, List<Written>> entry : byKey.entrySet()) {
            if (isOf(prefixes, entry.getKey())) {
                long first = entry.getValue().stream()
                        .filter(written -> written.begunNanos() > nanos)
                        .mapToLong(Written::endedNanos)
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
                longest = Math.max(longest, first - nanos);
            }
        }
        return longest;
    }

    /** The longest time without an acknowledgement of one of the writing threads that ended after a moment. */
    synchronized long longestGap(Set<String> prefixes, long nanos) {
        Map<String, List<Written>> byThread = new LinkedHashMap<>();
        byKey.forEach((key, writes) -> {
            if (isOf(prefixes, key)) {
                byThread.computeIfAbsent(key.substring(0, key.lastIndexOf('.')), unused -> new ArrayList<>())
                        .addAll(writes);
            }
        });
        return byThread.values().stream()
                .mapToLong(writes -> longestGap(writes, nanos))
                .max()
                .orElseThrow();
    }

    private static long longestGap(List<Written> writes, long nanos) {
        List<Written> sorted = new ArrayList<>(writes);
        sorted.sort(Comparator.comparingLong(Written::endedNanos));
        long longest = 0;
        for (int i = 1; i < sorted.size(); i++) {
            long ended = sorted.get(i).endedNanos();
            if (ended > nanos) {
                longest = Math.max(longest, ended - sorted.get(i - 1).endedNanos());
            }
        }
        return longest;
    }

    private static boolean isOf(Set<String> prefixes, String key) {
        return prefixes.contains(key.substring(0, key.indexOf('.')));
    }
}
