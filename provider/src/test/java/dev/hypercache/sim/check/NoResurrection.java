package dev.hypercache.sim.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a value is there in the end although it was gone for certain.
 *
 * <p>A value is gone if somebody was told that the key is empty, by removing it or by looking, and every write of that
 * value had returned before that somebody asked. Linearizability implies it; this check also holds where histories are not
 * linearizable, and names the culprit.
 */
public final class NoResurrection {

    private NoResurrection() {}

    /**
     * Lists the keys whose value came back or was never written.
     *
     * @param history what happened before the last reads
     * @param present what the last reads found, by key
     */
    public static List<String> complaints(List<Invocation> history, Map<Object, Object> present) {
        List<String> complaints = new ArrayList<>();
        present.forEach((key, value) -> {
            long lastWrite = lastWrite(history, key, value);
            Invocation emptied = emptiedAfter(lastWrite, history, key);
            if (lastWrite == 0) {
                complaints.add("key " + key + " holds " + value + ", which nobody wrote");
            } else if (emptied != null) {
                complaints.add("key " + key + " holds " + value + " again, which was gone at " + emptied);
            }
        });
        return complaints;
    }

    /** When the last write of the value returned: {@link Long#MAX_VALUE} if one may be under way, 0 if there is none. */
    private static long lastWrite(List<Invocation> history, Object key, Object value) {
        long last = 0;
        for (Invocation invocation : history) {
            if (invocation.mayHaveStored()
                    && invocation.action().concerns(key)
                    && value.equals(WrittenValue.of(invocation.action()))) {
                last = Math.max(last, invocation.isOpen() ? Long.MAX_VALUE : invocation.returnedAt());
            }
        }
        return last;
    }

    private static @Nullable Invocation emptiedAfter(long moment, List<Invocation> history, Object key) {
        for (Invocation invocation : history) {
            if (invocation.sawNothingLeft()
                    && invocation.invokedAt() > moment
                    && invocation.action().concerns(key)) {
                return invocation;
            }
        }
        return null;
    }
}
