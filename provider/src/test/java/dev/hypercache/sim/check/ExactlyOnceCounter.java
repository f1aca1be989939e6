package dev.hypercache.sim.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts increments of one counter that starts at 0 and says whether each took effect as often as its caller was told.
 *
 * <p>Cheaper than a search for an order, so it serves runs of any length. An increment that failed must not count, one
 * that was acknowledged counts once, and an indeterminate one counts once or not at all.
 */
public final class ExactlyOnceCounter {

    private final Map<Long, Integer> timesByResult = new HashMap<>();
    private long acknowledged;
    private long indeterminate;
    private long failed;

    /** @param result the value of the counter that the increment made, as its caller was told */
    public void acknowledged(long result) {
        acknowledged++;
        timesByResult.merge(result, 1, Integer::sum);
    }

    public void failed() {
        failed++;
    }

    public void indeterminate() {
        indeterminate++;
    }

    /** What is wrong if the counter ends with {@code finalValue}; empty if nothing is. */
    public List<String> complaints(long finalValue) {
        List<String> complaints = new ArrayList<>();
        String counts = acknowledged + " acknowledged, " + indeterminate + " indeterminate and " + failed
                + " failed increments left the counter at " + finalValue;
        if (finalValue < acknowledged) {
            complaints.add("an acknowledged increment is lost: " + counts);
        }
        if (finalValue > acknowledged + indeterminate) {
            complaints.add("an increment counted twice or although it failed: " + counts);
        }
        timesByResult.forEach((result, times) -> {
            if (times > 1) {
                complaints.add("the value " + result + " was handed out " + times + " times");
            }
            if (result < 1 || result > finalValue) {
                complaints.add("the value " + result + " was handed out, but the counter ran from 1 to " + finalValue);
            }
        });
        return complaints;
    }
}
