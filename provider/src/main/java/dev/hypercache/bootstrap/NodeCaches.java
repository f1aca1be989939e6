package dev.hypercache.bootstrap;

import dev.hypercache.management.CacheDirectory;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.TraitDifference;
import dev.hypercache.runtime.ring.MemberNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caches of the ring as a node knows them once it has joined. Safe for use by any threads. */
final class NodeCaches implements CacheDirectory {

    private volatile @Nullable MemberNode node;

    /** It has joined. */
    void joined(MemberNode member) {
        node = member;
    }

    @Override
    public Listing caches() {
        MemberNode member = node;
        if (member == null) {
            return new Listing(false, List.of());
        }
        try {
            return new Listing(true, member.definitions().confirmed());
        } catch (RequestFailedException unanswered) {
            return new Listing(false, member.definitions().known());
        }
    }

    @Override
    public List<TraitDifference> driftOf(int id) {
        MemberNode member = node;
        return member == null ? List.of() : member.definitions().driftOf(id);
    }
}
