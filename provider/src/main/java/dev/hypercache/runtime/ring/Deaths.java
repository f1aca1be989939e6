package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.membership.MemberAdvice;
import dev.hypercache.spi.membership.MemberHealth;
import dev.hypercache.spi.membership.MembershipListener;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when members are known to be dead: those of whom at least two members believe it, or all others where there are fewer.
 *
 * <p>Bounded by the members of the ring. Safe for use by any threads.
 */
final class Deaths implements MembershipListener {

    private static final int OBSERVERS_LEAST = 2;

    private final NodeClock clock;
    private final Map<NodeId, Long> deadSinceMillis = new ConcurrentHashMap<>();
    private volatile int members = 1;

    Deaths(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public void onAdvice(MemberAdvice advice) {
        int needed = Math.min(OBSERVERS_LEAST, members - 1);
        if (advice.health() != MemberHealth.DEAD) {
            deadSinceMillis.remove(advice.member());
        } else if (advice.observers() >= needed) {
            deadSinceMillis.putIfAbsent(advice.member(), clock.steadyMillis());
        }
    }

    /** Members came or went; of the gone nothing is kept. */
    void follow(ControlState state) {
        members = state.roster().size();
        deadSinceMillis.keySet().removeIf(node -> state.roster().member(node) == null);
    }

    /** The members that are dead for so long, by short id. */
    BitSet deadFor(long millis, ControlState state) {
        BitSet dead = new BitSet();
        deadSinceMillis.forEach((node, since) -> {
            Member member = state.roster().member(node);
            if (member != null && clock.steadyMillis() - since >= millis) {
                dead.set(member.shortId());
            }
        });
        return dead;
    }

    /** How many members are known to be dead and not removed yet. */
    int count() {
        return deadSinceMillis.size();
    }
}
