package dev.hypercache.core.lead;

import dev.hypercache.core.message.Confirm;
import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Tells voters whose copies were filled that they were, so that they may be read past the leader.
 *
 * <p>Learners are not told: nobody waits for them, so what is acknowledged may be missing there. A copy that once was
 * complete lags by what is under way at most, so each follower is told once in a leadership, and again until it answers.
 * Confined to its slot.
 */
final class CompleteCopies {

    private static final long REPEAT_MILLIS = 200;

    private final LeaderContext context;
    private final Replication replication;
    private final IntPredicate isFilled;
    private final Map<Integer, Long> copies = new TreeMap<>();
    private final BitSet informed = new BitSet();
    private long toldAtMillis = Long.MIN_VALUE / 2;
    /** Found out once; until a follower says something else, it stays so: the targets are those of the ballot's epoch. */
    private boolean idle;

    /**
     * @param isFilled whether a follower is known to hold everything that is chosen
     */
    CompleteCopies(LeaderContext context, Replication replication, IntPredicate isFilled) {
        this.context = context;
        this.replication = replication;
        this.isFilled = isFilled;
    }

    /** A follower said which copy it holds, and is compared by what it says with that. */
    void compared(int member, long copy) {
        copies.put(member, copy);
    }

    /** The copy that a follower holds, as far as it said; {@link Confirm#NO_COPY} if it did not. */
    long copyOf(int member) {
        return copies.getOrDefault(member, Confirm.NO_COPY);
    }

    /** A follower said whether it knows. */
    void confirmed(int member, boolean complete) {
        informed.set(member, complete);
        idle = false;
    }

    void tick(boolean isComplete) {
        if (!isComplete || context.nowMillis() - toldAtMillis < REPEAT_MILLIS) {
            return;
        }
        context.state().complete();
        toldAtMillis = context.nowMillis();
        for (int member : replication.configuration().targets().toArray()) {
            Long copy = copies.get(member);
            if (member != context.self() && copy != null && !informed.get(member) && isFilled.test(member)) {
                long slotTimeMillis = context.state().slotTimeMillis();
                context.out()
                        .send(
                                member,
                                new Confirm(context.slot(), context.ballot(), Confirm.NO_ROUND, copy, slotTimeMillis));
            }
        }
    }

    boolean isIdle() {
        idle = idle || isEachInformed(replication.configuration().targets());
        return idle;
    }

    private boolean isEachInformed(MemberSet targets) {
        for (int place = 0; place < targets.size(); place++) {
            int member = targets.get(place);
            if (member != context.self() && !informed.get(member)) {
                return false;
            }
        }
        return true;
    }
}
