package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the threads of a {@link SteadyLoad} on all nodes report. Safe for use by any threads. */
final class SteadyLog {

    private static final int WRONG_MAX = 50;

    private final Map<String, Long> last = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long writes;
    private long reads;

    /** Takes a report. */
    synchronized void report(String line) {
        if (line.startsWith(SteadyLoad.READ)) {
            reads += Long.parseLong(line.substring(SteadyLoad.READ.length()));
        } else if (line.startsWith(SteadyLoad.WRONG) || line.startsWith(Load.BROKEN)) {
            if (wrong.size() < WRONG_MAX) { // The first ones say enough.
                wrong.add(line);
            }
        } else {
            Written written = Written.parse(line);
            last.put(written.key(), written.number());
            writes++;
        }
    }

    /** The first failures and old values; empty if there was none. */
    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** The last acknowledged number of each key. */
    synchronized Map<String, Long> last() {
        return new TreeMap<>(last);
    }

    synchronized long writes() {
        return writes;
    }

    synchronized long reads() {
        return reads;
    }
}
