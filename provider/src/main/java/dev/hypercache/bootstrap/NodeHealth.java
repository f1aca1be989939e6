package dev.hypercache.bootstrap;

import dev.hypercache.runtime.ring.MemberNode;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node is a member of its ring and serves: from the moment at which it has joined until it leaves, and only while each
 * slot that it holds has a leader, without which requests wait, and while it hears a majority of the members. Safe for use by any
 * threads.
 */
final class NodeHealth implements BooleanSupplier {

    private volatile @Nullable MemberNode node;

    /** It has joined. */
    void joined(MemberNode member) {
        node = member;
    }

    /** It is about to leave. */
    void leaves() {
        node = null;
    }

    @Override
    public boolean getAsBoolean() {
        MemberNode member = node;
        return member != null && member.slotsWithoutLeader() == 0 && member.hearsMajority();
    }
}
