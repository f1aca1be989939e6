package dev.hypercache.sim.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The calls and returns of the operations that have no place in the order yet, by time.
 *
 * <p>A doubly linked list in arrays: taking an operation out and putting it back, last out first in, costs the same
 * however long the history is. An open operation has a call and no return. Event 0 is the end of the list on both sides.
 */
final class PendingEvents {

    private record Event(long at, int operation, boolean isReturn) {}

    private static final int END = 0;

    private final int[] operation;
    private final boolean[] isReturn;
    private final int[] previous;
    private final int[] next;
    private final int[] callOf;
    private final int[] returnOf;
    private int returns;

    PendingEvents(List<Invocation> operations) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Invocation invocation = operations.get(i);
            events.add(new Event(invocation.invokedAt(), i, false));
            if (!invocation.isOpen()) {
                events.add(new Event(invocation.returnedAt(), i, true));
                returns++;
            }
        }
        events.sort(Comparator.comparingLong(Event::at));
        int size = events.size() + 1;
        operation = new int[size];
        isReturn = new boolean[size];
        previous = new int[size];
        next = new int[size];
        callOf = new int[operations.size()];
        returnOf = new int[operations.size()];
        for (int i = 1; i < size; i++) {
            Event event = events.get(i - 1);
            operation[i] = event.operation;
            isReturn[i] = event.isReturn;
            (event.isReturn ? returnOf : callOf)[event.operation] = i;
        }
        for (int i = 0; i < size; i++) {
            next[i] = (i + 1) % size;
            previous[next[i]] = i;
        }
    }

    /** Whether an operation that returned is still without a place. */
    boolean hasReturns() {
        return returns > 0;
    }

    int first() {
        return next[END];
    }

    int next(int event) {
        return next[event];
    }

    int callOf(int op) {
        return callOf[op];
    }

    int operation(int event) {
        return operation[event];
    }

    boolean isReturn(int event) {
        return isReturn[event];
    }

    void take(int op) {
        unlink(callOf[op]);
        if (returnOf[op] != END) {
            unlink(returnOf[op]);
            returns--;
        }
    }

    /** Puts back the operation that was taken last. */
    void putBack(int op) {
        if (returnOf[op] != END) {
            link(returnOf[op]);
            returns++;
        }
        link(callOf[op]);
    }

    private void unlink(int event) {
        next[previous[event]] = next[event];
        previous[next[event]] = previous[event];
    }

    private void link(int event) {
        next[previous[event]] = event;
        previous[next[event]] = event;
    }
}
