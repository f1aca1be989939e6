package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.Retired;
import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * How replicas leave a slot without taking anything with them.
 *
 * <p>From the moment at which it reads of the switch, a replica that leaves performs nothing. Once a majority of the new voters
 * has what it holds it says so, and the switch may be completed when all who leave have.
 */
final class Retirement {

    private static final long SAID_MILLIS = 200;

    private final LeaderlessContext context;
    private final Spread spread;
    private final BitSet retired = new BitSet();
    private int epoch;
    private long saidAtMillis = DirtySet.NEVER;

    Retirement(LeaderlessContext context, Spread spread) {
        this.context = context;
        this.spread = spread;
    }

    void reconfigured() {
        if (context.configuration().epoch() != epoch) {
            epoch = context.configuration().epoch();
            retired.clear();
        }
    }

    void tick() {
        long now = context.nowMillis();
        if (now - saidAtMillis >= SAID_MILLIS && isLeaving() && isDone()) {
            saidAtMillis = now;
            for (int elector : context.configuration().electors().toArray()) {
                context.send(elector, new Retired(context.slot(), context.own()));
            }
        }
    }

    /** Whether this replica leaves with the switch under way. */
    boolean isLeaving() {
        return context.isLeaving(context.self());
    }

    private boolean isDone() {
        BitSet have = new BitSet();
        for (Peer peer : spread.peers()) {
            have.set(peer.id(), peer.hasAll());
        }
        return context.configuration().incoming().hasMajorityIn(have);
    }

    void on(int from, Retired message) {
        if (message.holder().epoch() == context.configuration().epoch()) {
            retired.set(from);
        }
    }

    /**
     * Whether the switch under way may be completed, as far as these caches are concerned.
     *
     * @param isMember whether a replica belongs to the ring still; of one that does not nothing is expected
     */
    boolean isSwitchComplete(IntPredicate isMember) {
        MemberSet incoming = context.configuration().incoming();
        for (int leaving : context.configuration().voters().minus(incoming).toArray()) {
            if (isMember.test(leaving) && !retired.get(leaving)) {
                return false;
            }
        }
        BitSet filled = new BitSet();
        spread.peers().forEach(peer -> filled.set(peer.id(), peer.isComplete()));
        filled.set(context.self(), context.copy().isComplete());
        return incoming.hasMajorityIn(filled);
    }
}
