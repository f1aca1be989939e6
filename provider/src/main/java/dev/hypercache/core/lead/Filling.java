package dev.hypercache.core.lead;

import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * The learners that this leader fills, one after the other as its node may.
 *
 * <p>A learner is being filled from the moment at which it is asked what it holds until it first holds everything but what is on its way to all followers. One that is
 * silent for {@value #SILENT_MILLIS} ms makes room for others, and has its turn again after a pause that grows. Confined to its
 * slot.
 */
final class Filling {

    private static final long SILENT_MILLIS = 3_000;
    private static final long PAUSE_MILLIS_MOST = 30_000;

    private final LeaderContext context;
    private final Replication replication;
    /** When each of those that are being filled was heard last. */
    private final Map<Integer, Long> heardAtMillis = new TreeMap<>();

    private final Map<Integer, Pause> pauses = new TreeMap<>();
    private final BitSet filled = new BitSet();

    private record Pause(long millis, long untilMillis) {}

    Filling(LeaderContext context, Replication replication) {
        this.context = context;
        this.replication = replication;
    }

    /** Whether a learner may be asked what it holds: it was filled once, or is being filled from now on. */
    boolean begins(int learner) {
        if (filled.get(learner) || heardAtMillis.containsKey(learner)) {
            return true;
        }
        Pause pause = pauses.get(learner);
        boolean waits = pause != null && context.nowMillis() < pause.untilMillis();
        if (waits || !context.moves().begin(context.slot(), learner)) {
            return false;
        }
        heardAtMillis.put(learner, context.nowMillis());
        return true;
    }

    /** Whether a follower is being filled. */
    boolean isFilling(int member) {
        return heardAtMillis.containsKey(member);
    }

    /**
     * A learner said what it holds.
     *
     * @param isCompared whether all of it was compared with what is held here
     */
    void heard(int learner, boolean isCompared) {
        if (!heardAtMillis.containsKey(learner)) {
            return;
        }
        if (isCompared && replication.lagging(learner).isCaughtUp()) {
            heardAtMillis.remove(learner);
            pauses.remove(learner);
            filled.set(learner);
            context.moves().completed(context.slot(), learner);
        } else {
            heardAtMillis.put(learner, context.nowMillis());
        }
    }

    /** Ends what does not get on. */
    void tick(IntPredicate isCompared) {
        if (heardAtMillis.isEmpty()) {
            return;
        }
        List<Integer> silent = new ArrayList<>();
        heardAtMillis.forEach((learner, at) -> {
            if (context.nowMillis() - at >= SILENT_MILLIS) {
                silent.add(learner);
            }
        });
        for (int learner : silent) {
            if (isCompared.test(learner) && replication.lagging(learner).isCaughtUp()) {
                heard(learner, true);
            } else {
                fail(learner);
            }
        }
    }

    private void fail(int learner) {
        heardAtMillis.remove(learner);
        Pause before = pauses.get(learner);
        long millis = before == null ? SILENT_MILLIS : Math.min(PAUSE_MILLIS_MOST, 2 * before.millis());
        pauses.put(learner, new Pause(millis, context.nowMillis() + millis));
        context.moves().failed(context.slot(), learner);
    }

    /** Whoever learns no more is not filled any more. */
    void retain(MemberSet learners) {
        for (int learner : List.copyOf(heardAtMillis.keySet())) {
            if (!learners.contains(learner)) {
                heardAtMillis.remove(learner);
                context.moves().failed(context.slot(), learner);
            }
        }
        pauses.keySet().removeIf(learner -> !learners.contains(learner));
        filled.stream().filter(learner -> !learners.contains(learner)).forEach(filled::clear);
    }

    /** Ends with the leadership. */
    void end() {
        retain(MemberSet.EMPTY);
    }
}
