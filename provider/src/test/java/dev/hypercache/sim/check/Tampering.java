package dev.hypercache.sim.check;

import dev.hypercache.core.op.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Changes a history in one place, as a bug would: often, but not always, it can no longer be explained. */
final class Tampering {

    private final RandomGenerator random;
    private final List<Invocation> history;

    private Tampering(RandomGenerator random, List<Invocation> history) {
        this.random = random;
        this.history = new ArrayList<>(history);
    }

    static List<Invocation> of(List<Invocation> history, RandomGenerator random) {
        Tampering tampering = new Tampering(random, history);
        int first = random.nextInt(history.size());
        int second = random.nextInt(history.size());
        switch (random.nextInt(5)) {
            case 0 -> tampering.swapAnswers(first, second);
            case 1 -> tampering.swapTimes(first, second);
            case 2 -> tampering.showValueOf(first, second);
            case 3 -> tampering.forget(first);
            default -> tampering.answerTooEarly(first);
        }
        return tampering.history;
    }

    private void swapAnswers(int first, int second) {
        Answer one = history.get(first).answer();
        Answer other = history.get(second).answer();
        if (one instanceof Answer.Seen && other instanceof Answer.Seen) {
            answer(first, other);
            answer(second, one);
        }
    }

    private void swapTimes(int first, int second) {
        Invocation one = history.get(first);
        Invocation other = history.get(second);
        history.set(first, at(one, other.invokedAt(), other.returnedAt()));
        history.set(second, at(other, one.invokedAt(), one.returnedAt()));
    }

    /** The first operation saw what the second one left. */
    private void showValueOf(int first, int second) {
        Answer.Seen shown = history.get(first).seen();
        Answer.Seen source = history.get(second).seen();
        if (shown != null && source != null) {
            boolean same = Objects.equals(shown.before(), shown.after());
            Object after = same ? source.after() : shown.after();
            answer(first, new Answer.Seen(shown.status(), shown.change(), source.after(), after));
        }
    }

    /** An operation took effect, and its caller was told that it failed. */
    private void forget(int first) {
        Answer.Seen shown = history.get(first).seen();
        if (shown != null && shown.status() == Outcome.Status.APPLIED) {
            answer(first, Answer.Bare.FAILED);
        }
    }

    /** An operation that took some time returned as soon as it was invoked. */
    private void answerTooEarly(int first) {
        Invocation invocation = history.get(first);
        history.replaceAll(other -> at(other, 2 * other.invokedAt(), 2 * other.returnedAt()));
        history.set(first, at(invocation, 2 * invocation.invokedAt(), 2 * invocation.invokedAt() + 1));
    }

    private void answer(int index, Answer answer) {
        Invocation old = history.get(index);
        history.set(
                index, new Invocation(old.id(), old.client(), old.action(), old.invokedAt(), old.returnedAt(), answer));
    }

    private static Invocation at(Invocation old, long invokedAt, long returnedAt) {
        return new Invocation(old.id(), old.client(), old.action(), invokedAt, returnedAt, old.answer());
    }
}
