package dev.hypercache.sim.check;

import dev.hypercache.sim.check.KeyModel.State;
import java.util.List;

/**
 * Tries every order of the operations on one key, with every choice of the open ones that took effect.
 *
 * <p>Remembers nothing and knows no rule but the order in real time, so there is little that can be wrong with it.
 */
final class BruteForceChecker {

    private final KeyModel model = new KeyModel();
    private final List<Invocation> operations;
    private final boolean[] placed;

    private BruteForceChecker(List<Invocation> operations) {
        this.operations = operations;
        placed = new boolean[operations.size()];
    }

    /** @param history invocations that all concern one key */
    static boolean isLinearizable(List<Invocation> history) {
        return new BruteForceChecker(history.stream()
                        .filter(invocation -> !invocation.hasFailed())
                        .toList())
                .canFinish(KeyModel.ABSENT);
    }

    private boolean canFinish(State state) {
        boolean finished = true;
        for (int i = 0; i < placed.length; i++) {
            finished &= placed[i] || operations.get(i).isOpen();
            if (!placed[i] && isDue(operations.get(i)) && canFinishWith(i, state)) {
                return true;
            }
        }
        return finished;
    }

    private boolean canFinishWith(int i, State state) {
        State after = model.next(state, operations.get(i));
        if (after == null) {
            return false;
        }
        placed[i] = true;
        boolean can = canFinish(after);
        placed[i] = false;
        return can;
    }

    /** Whether everything that returned before the operation was invoked has its place. */
    private boolean isDue(Invocation operation) {
        for (int i = 0; i < placed.length; i++) {
            Invocation other = operations.get(i);
            if (!placed[i] && !other.isOpen() && other.returnedAt() < operation.invokedAt()) {
                return false;
            }
        }
        return true;
    }
}
