package dev.hypercache.core.member;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Probes that this node makes for others, who get no answer themselves.
 *
 * <p>Who asked is told when the member answers; if it has not by {@value #PATIENCE_PERCENT} % of a probe's time, it is told
 * that, too, so that it knows at least this node to be reachable. Holds at most {@value #ERRANDS_MAX}; beyond them the asker gets
 * no help and goes on without.
 */
final class ProbeErrands {

    static final int ERRANDS_MAX = 256;

    private static final int PATIENCE_PERCENT = 80;

    private final SwimPace pace;
    private final GossipPost post;
    private final MemberObserver observer;
    private final List<Errand> errands = new ArrayList<>();

    private static final class Errand {
        final int asker;
        final long number;
        final int member;
        long sentMillis;
        boolean isMissed;

        Errand(int asker, long number, int member, long now) {
            this.asker = asker;
            this.number = number;
            this.member = member;
            this.sentMillis = now;
        }
    }

    ProbeErrands(SwimPace pace, GossipPost post, MemberObserver observer) {
        this.pace = pace;
        this.post = post;
        this.observer = observer;
    }

    void take(int asker, long number, int member, long now) {
        if (errands.size() >= ERRANDS_MAX) {
            observer.happened(MemberEvent.HELP_REFUSED);
            return;
        }
        errands.add(new Errand(asker, number, member, now));
        post.probe(member, 0, now);
    }

    /** A member gave a sign of life at that time. */
    void heard(int member, long atMillis, long now) {
        if (errands.isEmpty()) {
            return;
        }
        List<Errand> done = new ArrayList<>();
        for (Errand errand : errands) {
            if (errand.member == member && atMillis >= errand.sentMillis) {
                done.add(errand);
            }
        }
        errands.removeAll(done);
        for (Errand errand : done) {
            post.answer(errand.asker, errand.number, now);
        }
    }

    void tick(long now) {
        Iterator<Errand> each = errands.iterator();
        while (each.hasNext()) {
            Errand errand = each.next();
            long waitedMillis = now - errand.sentMillis;
            if (!errand.isMissed && waitedMillis >= pace.probeTimeoutMillis() * PATIENCE_PERCENT / 100) {
                errand.isMissed = true;
                post.missed(errand.asker, errand.number, now);
            }
            if (waitedMillis >= pace.periodMillis()) {
                each.remove();
            }
        }
    }

    void postpone(long millis) {
        errands.forEach(errand -> errand.sentMillis += millis);
    }

    /** Forgets what concerns somebody who is not among the members. */
    void retain(Set<Integer> members) {
        errands.removeIf(errand -> !members.contains(errand.asker) || !members.contains(errand.member));
    }

    int size() {
        return errands.size();
    }
}
