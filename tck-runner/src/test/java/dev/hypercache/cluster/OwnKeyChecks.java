package dev.hypercache.cluster;

import dev.hypercache.cluster.CallLog.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of keys that only one client writes: an order of its calls is known, so that no search is needed. */
final class OwnKeyChecks {

    private OwnKeyChecks() {}

    /**
     * Lists the reads of one copy that did not see a write to all replicas which had been acknowledged before they began, or
     * saw what nobody wrote.
     */
    static List<String> staleNearReads(List<Call> calls) {
        List<String> complaints = new ArrayList<>();
        for (Call read : calls) {
            if (read.report().call() == JcacheCall.GET && read.isAnswered()) {
                List<Call> writes = calls.stream()
                        .filter(call -> call.report().call() == JcacheCall.PUT)
                        .filter(call -> call.report().key().equals(read.report().key()))
                        .toList();
                String found = Report.value(read.told());
                if (!allowed(read, writes).contains(found)) {
                    complaints.add("a complete copy lacks an acknowledged write: " + read + " after " + writes);
                }
            }
        }
        return complaints;
    }

    /** What a read may find: the last write that was acknowledged before it, or any later one. */
    private static Set<@Nullable String> allowed(Call read, List<Call> writes) {
        Set<@Nullable String> allowed = new HashSet<>();
        allowed.add(null);
        for (Call write : writes) {
            boolean isBefore =
                    write.isAnswered() && write.endNanos() < read.report().nanos();
            if (isBefore) {
                allowed.removeIf(value -> !isUnknown(value, writes));
            }
            if (!write.hasFailed() && write.report().nanos() < read.endNanos()) {
                allowed.add(write.report().value());
            }
        }
        return allowed;
    }

    /** Whether nobody knows if and when a value was written. */
    private static boolean isUnknown(@Nullable String value, List<Call> writes) {
        return writes.stream()
                .anyMatch(
                        write -> write.isOpen() && Objects.equals(write.report().value(), value));
    }

    /** What may be left of a key in the end: what its last acknowledged call left, or one whose end is unknown. */
    static Set<@Nullable String> left(List<Call> calls, String key) {
        Set<@Nullable String> left = new HashSet<>();
        String last = null;
        for (Call call : calls) {
            if (call.report().key().equals(key) && !call.hasFailed()) {
                String after = call.report().value();
                if (call.isOpen()) {
                    left.add(after);
                } else {
                    last = after;
                }
            }
        }
        left.add(last);
        return left;
    }
}
