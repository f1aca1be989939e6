package dev.hypercache.runtime.ring;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.ReplyHandler;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which members this node thinks to be unreachable.
 *
 * <p>Any frame is a sign of life. A member that was silent for {@value #PING_MILLIS} ms is asked for one; after {@value
 * #MISSES_MAX} misses in a row, or at once when its connection breaks, it is suspected until it is heard again. Being wrong
 * costs a duel for leaderships and no data. Whoever a slot mentions and is no member any more is suspected for good. Safe for
 * use by any threads.
 */
final class PeerWatch {

    static final long PING_MILLIS = 250;
    static final int MISSES_MAX = 3;

    /** Short beside what a caller notices, long beside the pauses between the frames of a member under load. */
    private static final long FRESH_MILLIS = 20;

    private volatile Members members;
    private final NodeClock clock;
    private final Runnable changed;
    private final Runnable removed;
    private final AtomicLongArray heardAtMillis;
    private final AtomicLongArray askedAtMillis;
    private final AtomicIntegerArray misses;
    private volatile BitSet suspected = new BitSet();

    /**
     * @param changed is told when the suspicions are others than before, on any thread
     * @param removed is told when another member says that the ring has removed this node, on any thread and again and again
     */
    PeerWatch(Members members, NodeClock clock, Runnable changed, Runnable removed) {
        this.members = members;
        this.clock = clock;
        this.changed = changed;
        this.removed = removed;
        int size = MemberSet.SHORT_ID_MAX + 1;
        this.heardAtMillis = new AtomicLongArray(size);
        this.askedAtMillis = new AtomicLongArray(size);
        this.misses = new AtomicIntegerArray(size);
    }

    /**
     * Members came or went.
     *
     * @param gone whom slots mention that are no members any more
     */
    void follow(Members newMembers, BitSet gone) {
        Members before = members;
        members = newMembers;
        for (int member : newMembers.others()) {
            boolean isNew = !newMembers.isSame(before, member);
            if (isNew) {
                heardAtMillis.set(member, clock.steadyMillis());
                misses.set(member, 0);
            }
        }
        BitSet others;
        synchronized (this) {
            others = (BitSet) suspected.clone();
            for (int member = others.nextSetBit(0); member >= 0; member = others.nextSetBit(member + 1)) {
                boolean isStill = newMembers.member(member) != null && newMembers.isSame(before, member);
                others.set(member, isStill);
            }
            others.or(gone);
            if (others.equals(suspected)) {
                return;
            }
            suspected = others;
        }
        changed.run();
    }

    /** Who is suspected now; not to be changed. */
    BitSet suspected() {
        return suspected;
    }

    /** Whether this node and the members that it hears are more than half of all. */
    boolean hearsMajority() {
        int all = members.others().length + 1;
        return 2 * (all - suspected.cardinality()) > all;
    }

    /** Whether a member gave a sign of life within the last {@value #FRESH_MILLIS} ms and is not suspected. */
    boolean isHeard(int member) {
        return !suspected.get(member) && clock.steadyMillis() - heardAtMillis.get(member) <= FRESH_MILLIS;
    }

    /** A member gave a sign of life. */
    void heard(int member) {
        heardAtMillis.lazySet(member, clock.steadyMillis());
        if (misses.get(member) != 0) {
            misses.set(member, 0);
        }
        if (suspected.get(member)) {
            suspect(member, false);
        }
    }

    /** The last connection with a member is gone. */
    void lost(int member) {
        misses.set(member, MISSES_MAX);
        suspect(member, true);
    }

    private void missed(int member) {
        if (misses.incrementAndGet(member) >= MISSES_MAX) {
            suspect(member, true);
        }
    }

    private void suspect(int member, boolean on) {
        synchronized (this) {
            if (suspected.get(member) == on || members.member(member) == null) {
                return;
            }
            BitSet others = (BitSet) suspected.clone();
            others.set(member, on);
            suspected = others;
        }
        changed.run();
    }

    /** Asks those who were silent for a sign of life. */
    void tick(MemberLinks links) {
        long now = clock.steadyMillis();
        for (int member : members.others()) {
            long lastMillis = Math.max(heardAtMillis.get(member), askedAtMillis.get(member));
            if (now - lastMillis >= PING_MILLIS) {
                askedAtMillis.set(member, now);
                links.ping(member, PING_MILLIS, new Sign(member));
            }
        }
    }

    private final class Sign implements ReplyHandler {
        private final int member;

        Sign(int member) {
            this.member = member;
        }

        @Override
        public void onReply(ByteBuffer reply) {
            if (LifeSign.saysRemoved(reply, members.ring())) {
                removed.run();
            } else {
                heard(member);
            }
        }

        @Override
        public void onFailure(CallFailure failure) {
            missed(member);
        }
    }
}
