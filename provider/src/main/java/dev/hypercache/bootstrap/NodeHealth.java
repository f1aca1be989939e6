package dev.hypercache.bootstrap;

import dev.hypercache.management.RingStatus;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.runtime.ring.MemberNode;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node is a member of its ring and serves: from the moment at which it has joined until it leaves, and only while each
 * slot that it holds has a leader, without which requests wait, while it hears a majority of the members, and while each slot of the
 * ring has {@code hypercache.replication.min} living voters. Safe for use by any threads.
 */
final class NodeHealth implements RingStatus {

    private final int votersLeast;
    private volatile @Nullable MemberNode node;

    /** @param votersLeast how many living voters each slot needs, 1 or more */
    NodeHealth(int votersLeast) {
        this.votersLeast = votersLeast;
    }

    /** It has joined. */
    void joined(MemberNode member) {
        node = member;
    }

    /** It is about to leave. */
    void leaves() {
        node = null;
    }

    @Override
    public boolean serves() {
        MemberNode member = node;
        return member != null
                && member.slotsWithoutLeader() == 0
                && member.hearsMajority()
                && member.fewestLivingVoters() >= votersLeast;
    }

    @Override
    public @Nullable RingOperations ring() {
        MemberNode member = node;
        return member == null ? null : member.operations();
    }
}
