package dev.hypercache.topology.raft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that any member of a lab ever read or was told, and whether it fits together. */
final class LabLedger {

    private final Map<Long, Long> hashes = new HashMap<>();
    private final Map<Long, String> changes = new HashMap<>();
    private final Map<Long, String> acknowledged = new LinkedHashMap<>();
    private final Set<String> denied = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private long last;
    private long lastAcknowledged;

    /** A member has read so far, and this is what it adds up to. */
    void knows(LabNode node, long index, long hash) {
        Long other = hashes.putIfAbsent(index, hash);
        if (other != null && other != hash) {
            violations.add("fork at " + index + " seen by " + node.id());
        }
        last = Math.max(last, index);
    }

    void read(LabNode node, long index, String change) {
        String other = changes.putIfAbsent(index, change);
        if (other != null && !other.equals(change)) {
            violations.add("fork at " + index + ": " + other + " and, at " + node.id() + ", " + change);
        }
    }

    void acknowledged(long index, String change) {
        acknowledged.put(index, change);
        lastAcknowledged = Math.max(lastAcknowledged, index);
    }

    /** The log said that a change is not in it and never will be. */
    void denied(String change) {
        denied.add(change);
    }

    void barrier(LabNode node, long least, long answer) {
        if (answer < least) {
            violations.add("stale barrier at " + node.id() + ": " + answer + " though " + least + " was acknowledged");
        }
    }

    void violated(String what) {
        violations.add(what);
    }

    long last() {
        return last;
    }

    long lastAcknowledged() {
        return lastAcknowledged;
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    boolean holds(String change) {
        return changes.containsValue(change);
    }

    /** Whatever is wrong, once no more comes. */
    List<String> check() {
        List<String> all = new ArrayList<>(violations);
        acknowledged.forEach((index, change) -> {
            if (!change.equals(changes.get(index))) {
                all.add("lost: " + change + " was acknowledged at " + index + ", where " + changes.get(index) + " is");
            }
        });
        Set<String> once = new HashSet<>();
        changes.forEach((index, change) -> {
            if (!once.add(change)) {
                all.add("twice: " + change);
            }
            if (denied.contains(change)) {
                all.add("denied and there: " + change + " at " + index);
            }
        });
        return all;
    }
}
