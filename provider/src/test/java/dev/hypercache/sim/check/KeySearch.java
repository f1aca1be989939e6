package dev.hypercache.sim.check;

import dev.hypercache.core.op.Evict;
import dev.hypercache.core.op.Remove;
import dev.hypercache.sim.check.KeyModel.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of the operations on one key in which each answer is right.
 *
 * <p>The algorithm is that of Wing and Gong with the memory of Lowe: place one operation after the other, only such as
 * were invoked before the first return of an operation without a place; when that return is reached, take back the
 * latest choice; never try the same set of placed operations in the same state twice. Trying all orders would take years
 * for forty operations.
 *
 * <p>Open operations, which may take effect at any later time or never, would double the number of sets each. Four
 * rules keep them, and the reads, cheap. None of them loses the shortest order:
 *
 * <ol>
 *   <li>An operation whose answer shows that it found and left the same is placed as soon as it fits. In any order that
 *       places it later it does nothing there either, so moving it forward changes no other answer.
 *   <li>An open operation that would change nothing is not placed: it may as well never take effect.
 *   <li>Of open operations that do the same, the earliest is placed first: none of them has an end, so they can trade
 *       places.
 *   <li>An open operation must be noticed. If what is placed right behind it would have had the same answer and left the
 *       same without it, then without it is as good: the open one can still be placed later. So a write that nobody
 *       ever saw is given up at once, instead of being combined with every other such write. The memory need not know
 *       how a set was reached: the way around the open operation uses fewer operations, and the shortest order has no
 *       such way.
 * </ol>
 *
 * <p>References: Wing and Gong, Testing and Verifying Concurrent Objects, 1993; Lowe, Testing for Linearizability, 2017.
 */
final class KeySearch {

    /** How a search ended. */
    enum Result {
        FOUND,
        NONE,
        UNDECIDED
    }

    /** How far the search came: the operation whose return stopped it, and the placed ones in their order. */
    record Obstacle(Invocation blocked, List<Invocation> order, State state) {}

    private record Configuration(BitSet placed, State state) {}

    private record Placement(
            int operation, State stateBefore, @Nullable State unnoticedBefore, boolean isChoice) {}

    private static final int NONE = -1;

    private final KeyModel model = new KeyModel();
    private final List<Invocation> operations;
    private final int configurationsMax;
    private final PendingEvents events;
    private final int[] twin;
    private final BitSet placed = new BitSet();
    private final Deque<Placement> path = new ArrayDeque<>();
    private final Set<Configuration> tried = new HashSet<>();
    private State state = KeyModel.ABSENT;

    /** The state before the operation that was placed last, if that is open and nothing depended on it yet. */
    private @Nullable State unnoticed;

    private int openPlaced;
    private @Nullable Obstacle obstacle;
    private int obstacleOpenPlaced;

    /** @param operations those that may have taken effect, in the order of invocations */
    KeySearch(List<Invocation> operations, int configurationsMax) {
        this.operations = operations;
        this.configurationsMax = configurationsMax;
        events = new PendingEvents(operations);
        twin = twins(operations);
    }

    /** For each open operation the one before it that does the same. */
    private static int[] twins(List<Invocation> operations) {
        int[] twin = new int[operations.size()];
        Map<Object, Integer> latest = new HashMap<>();
        for (int i = 0; i < twin.length; i++) {
            twin[i] = NONE;
            if (operations.get(i).isOpen()) {
                Integer before = latest.put(effect(operations.get(i).action()), i);
                twin[i] = before == null ? NONE : before;
            }
        }
        return twin;
    }

    private static Object effect(Action action) {
        boolean removes =
                !(action instanceof Action.OnKey onKey) || onKey.op() instanceof Remove || onKey.op() instanceof Evict;
        return removes ? KeyModel.ABSENT : action;
    }

    Result run() {
        placeWhatSawNoChange();
        int event = events.first();
        while (events.hasReturns()) {
            if (events.isReturn(event)) {
                noteObstacle(events.operation(event));
                event = takeBack();
                if (event == NONE) {
                    return Result.NONE;
                }
            } else if (choose(events.operation(event))) {
                if (tried.size() > configurationsMax) {
                    return Result.UNDECIDED;
                }
                placeWhatSawNoChange();
                event = events.first();
            } else {
                event = events.next(event);
            }
        }
        return Result.FOUND;
    }

    /** How many sets of placed operations were tried. */
    int configurations() {
        return tried.size();
    }

    /** What stopped the search; only a search without success has an obstacle. */
    Obstacle obstacle() {
        if (obstacle == null) {
            throw new IllegalStateException("nothing stopped the search");
        }
        return obstacle;
    }

    /** Rule 1. */
    private void placeWhatSawNoChange() {
        int event = events.first();
        while (events.hasReturns() && !events.isReturn(event)) {
            int op = events.operation(event);
            Invocation invocation = operations.get(op);
            if (invocation.sawNoChange() && model.next(state, invocation) != null) {
                place(op, state, null, false);
                // With its return gone there may be calls in reach that were not before.
                event = events.first();
            } else {
                event = events.next(event);
            }
        }
    }

    private boolean choose(int op) {
        Invocation invocation = operations.get(op);
        if (twin[op] != NONE && !placed.get(twin[op])) {
            return false;
        }
        State after = model.next(state, invocation);
        if (after == null || invocation.isOpen() && after.equals(state)) {
            return false;
        }
        if (unnoticed != null && after.equals(model.next(unnoticed, invocation))) {
            return false;
        }
        BitSet placedAfter = (BitSet) placed.clone();
        placedAfter.set(op);
        if (!tried.add(new Configuration(placedAfter, after))) {
            return false;
        }
        place(op, after, invocation.isOpen() ? state : null, true);
        return true;
    }

    private void place(int op, State after, @Nullable State unnoticedAfter, boolean isChoice) {
        path.addLast(new Placement(op, state, unnoticed, isChoice));
        placed.set(op);
        events.take(op);
        openPlaced += operations.get(op).isOpen() ? 1 : 0;
        state = after;
        unnoticed = unnoticedAfter;
    }

    /**
     * Takes back the latest choice and what followed from it.
     *
     * @return the event behind the call of the operation that was chosen, or NONE if there was no choice left
     */
    private int takeBack() {
        while (!path.isEmpty()) {
            Placement last = path.removeLast();
            int op = last.operation();
            placed.clear(op);
            events.putBack(op);
            openPlaced -= operations.get(op).isOpen() ? 1 : 0;
            state = last.stateBefore();
            unnoticed = last.unnoticedBefore();
            if (last.isChoice()) {
                return events.next(events.callOf(op));
            }
        }
        return NONE;
    }

    /**
     * Keeps the latest return that stopped the search: what happened before it has an order, what happened up to it has
     * none. Of several ways to get there the one with the fewest assumptions about open operations explains best.
     */
    private void noteObstacle(int op) {
        Invocation blocked = operations.get(op);
        boolean isFurther =
                obstacle == null || blocked.returnedAt() > obstacle.blocked().returnedAt();
        boolean isPlainer = obstacle != null && blocked == obstacle.blocked() && openPlaced < obstacleOpenPlaced;
        if (isFurther || isPlainer) {
            List<Invocation> order = new ArrayList<>();
            path.forEach(placement -> order.add(operations.get(placement.operation())));
            obstacle = new Obstacle(blocked, order, state);
            obstacleOpenPlaced = openPlaced;
        }
    }
}
