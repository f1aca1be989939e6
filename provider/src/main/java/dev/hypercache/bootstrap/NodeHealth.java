package dev.hypercache.bootstrap;

import dev.hypercache.management.RingStatus;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.runtime.call.RingReport;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.spi.Address;
import java.util.List;
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

    /** Where the other members are; nobody as long as the node is none. */
    List<Address> others() {
        MemberNode member = node;
        if (member == null) {
            return List.of();
        }
        RingReport report = member.operations().report();
        return report.members().stream()
                .filter(other -> !other.name().equals(report.self()))
                .map(other -> Address.parse(other.address()))
                .toList();
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
