package dev.hypercache.sim.check;

import dev.hypercache.sim.check.KeySearch.Obstacle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Picks from the history of a key what shows why it is wrong.
 *
 * <p>The operation whose return stopped the search is the first one that is wrong. A reader needs what ran at
 * the same time, the last change before it, and whoever may have written what it saw, failed or not.
 */
final class Explanation {

    private static final int LINES_MAX = 40;

    private final List<Invocation> concerned;
    private final Obstacle obstacle;

    /** @param concerned every invocation that concerns the key, in the order of invocations */
    Explanation(List<Invocation> concerned, Obstacle obstacle) {
        this.concerned = concerned;
        this.obstacle = obstacle;
    }

    Finding violation(Object key) {
        Invocation blocked = obstacle.blocked();
        List<Invocation> window = window();
        String reason = "no order explains #" + blocked.id() + "; the furthest one ends with " + obstacle.state();
        if (window.size() > LINES_MAX) {
            int leftOut = window.size() - LINES_MAX;
            window = new ArrayList<>(window.subList(leftOut, window.size()));
            if (!window.contains(blocked)) {
                window.set(0, blocked);
            }
            reason += "; " + leftOut + " lines are left out";
        }
        return new Finding(key, Finding.Kind.VIOLATION, reason, window);
    }

    private List<Invocation> window() {
        Set<Invocation> placed = new HashSet<>(obstacle.order());
        Invocation lastChange = lastChange();
        List<Invocation> window = new ArrayList<>();
        for (Invocation invocation : concerned) {
            boolean mayComeNext = invocation.isOpen() && !placed.contains(invocation);
            if (isConcurrent(invocation, mayComeNext)
                    || invocation.equals(lastChange)
                    || mayHaveWrittenWhatWasSeen(invocation)) {
                window.add(invocation);
            }
        }
        return window;
    }

    private boolean isConcurrent(Invocation invocation, boolean mayComeNext) {
        Invocation blocked = obstacle.blocked();
        boolean endsLater = mayComeNext || invocation.returnedAt() >= blocked.invokedAt();
        return !invocation.hasFailed() && invocation.invokedAt() < blocked.returnedAt() && endsLater;
    }

    private @Nullable Invocation lastChange() {
        for (int i = obstacle.order().size() - 1; i >= 0; i--) {
            Invocation placed = obstacle.order().get(i);
            if (!placed.sawNoChange()) {
                return placed;
            }
        }
        return null;
    }

    private boolean mayHaveWrittenWhatWasSeen(Invocation invocation) {
        Answer.Seen seen = obstacle.blocked().seen();
        Object value = seen == null ? null : seen.before();
        return value != null && value.equals(WrittenValue.of(invocation.action()));
    }
}
