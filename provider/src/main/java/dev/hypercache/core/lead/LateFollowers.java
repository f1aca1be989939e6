package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Followers that were not part of a leader's quorum, and learners: each is compared with the leader as a whole, once.
 *
 * <p>What such a follower lacks is sent; what it holds above the leader was never chosen, for a majority would have shown it,
 * and dies under a newer version. Begins when the leader holds every
 * record of the slot, for only then it can tell what was never chosen. Confined to its slot.
 */
final class LateFollowers {

    /** Whoever is away is asked ever more seldom. */
    private static final Lagging.Resend REPEAT = new Lagging.Resend(Takeover.REPEAT_MILLIS, 2_000);

    /** A learner that has yet to hear that it is one is waited for by others: few are asked at a time. */
    private static final Lagging.Resend REPEAT_TO_LEARNER = new Lagging.Resend(Takeover.REPEAT_MILLIS, 200);

    private final LeaderContext context;
    private final Replication replication;
    private final Filling filling;
    private final Decisions decisions;
    private final Map<Integer, VersionList> lists = new TreeMap<>();
    private final BitSet compared = new BitSet();
    private final Map<Integer, Integer> tries = new TreeMap<>();
    private int attempts = 1 << 16;
    /** Found out once; until a follower is to be compared again, or holders come or go, it stays so. */
    private boolean done;

    LateFollowers(LeaderContext context, Replication replication, Filling filling, Decisions decisions) {
        this.context = context;
        this.replication = replication;
        this.filling = filling;
        this.decisions = decisions;
    }

    /** These were compared in the takeover itself. */
    void compared(BitSet members) {
        compared.or(members);
    }

    boolean isCompared(int member) {
        return compared.get(member);
    }

    /** Too much was forgotten of what a follower lacks. */
    void compareAgain(int member) {
        compared.clear(member);
        done = false;
    }

    /** Whoever holds no copy any more is compared anew should it come back. */
    void retain(MemberSet holders) {
        done = false;
        BitSet present = new BitSet();
        for (int member : holders.toArray()) {
            present.set(member);
        }
        compared.and(present);
        lists.keySet().removeIf(member -> !present.get(member));
    }

    /** Asks whoever has promised and was not compared, and every learner. */
    void ask(BitSet promised) {
        if (done) {
            return;
        }
        for (int member : replication.configuration().holders().toArray()) {
            boolean learns = replication.configuration().learners().contains(member);
            boolean follows = promised.get(member) || learns;
            boolean isToBeAsked = member != context.self() && follows && !compared.get(member);
            if (isToBeAsked && (!learns || filling.begins(member))) {
                ask(member, learns ? REPEAT_TO_LEARNER : REPEAT);
            }
        }
    }

    private void ask(int member, Lagging.Resend pace) {
        VersionList asked = lists.get(member);
        if (asked == null
                || context.nowMillis() - asked.askedAtMillis()
                        >= pace.waitAfter(tries.merge(member, 0, Integer::sum))) {
            tries.merge(member, 1, Integer::sum);
            VersionList list = new VersionList(++attempts, context.nowMillis());
            lists.put(member, list);
            context.out().send(member, new AskVersions(context.slot(), context.ballot(), list.attempt()));
        }
    }

    void on(int member, VersionPage page) {
        VersionList list = lists.get(member);
        if (list == null) {
            return;
        }
        list.add(page);
        if (list.isComplete()) {
            lists.remove(member);
            tries.remove(member);
            compare(member, list);
        }
    }

    private void compare(int member, VersionList list) {
        compared.set(member);
        LateComparison comparison = new LateComparison(
                context.state(), list, context.state().contents().versions());
        for (ClearMark mark : comparison.clearsAbove()) {
            settle(mark);
        }
        for (ClearMark mark : comparison.clearsBelow()) {
            replication.markClearBehind(member, mark);
        }
        comparison.behind().forEach((name, version) -> replication.markBehind(member, name, version));
        for (RecordKey name : comparison.ahead()) {
            context.happened(LeaderEvent.LATE_AHEAD);
            decisions.renew(name);
        }
        replication.drain(member, context.nowMillis());
        filling.heard(member, true);
    }

    /** The follower knows a clear that the one known here does not replace; it was never chosen under that rank. */
    private void settle(ClearMark mark) {
        ClearMark own = context.state().clearOf(mark.cache());
        if (own == null || mark.disputes(own)) {
            context.happened(LeaderEvent.CLEAR_PERFORMED_LATE);
            List<ClearMark> found = own == null ? List.of(mark) : List.of(own, mark);
            decisions.perform(RefutedClears.anew(found, context.state().tokens().ofCache(mark.cache())));
            return;
        }
        // Who wrote what is here knew the clear that stands here, so it may rise above the other one.
        context.happened(LeaderEvent.CLEAR_RAISED);
        decisions.adopt(own.adoptedUnder(context.ballot()), new BitSet());
    }

    /** Whether every holder of a copy was compared. */
    boolean isDone() {
        done = done || isEachCompared(replication.configuration().holders());
        return done;
    }

    private boolean isEachCompared(MemberSet holders) {
        for (int place = 0; place < holders.size(); place++) {
            int member = holders.get(place);
            if (member != context.self() && !compared.get(member)) {
                return false;
            }
        }
        return true;
    }
}
