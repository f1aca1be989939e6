package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.form.JoinDesk;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.core.form.RingTerms;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.List;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Admits nodes to the ring at one of its members: by a change of the topology log, with what the newcomer needs to follow it.
 *
 * @param node the member
 * @param topology its part of the log
 */
record MemberDesk(MemberNode node, RaftTopology topology) implements JoinDesk {

    private static final long PAUSE_MILLIS = 500;

    @Override
    public JoinAnswer admit(JoinRequest request) {
        List<String> differences = RingTerms.of(node.agreed().founded()).differencesTo(request.terms());
        if (!differences.isEmpty()) {
            return new JoinAnswer.Refused("node '" + request.profile().name() + "' cannot join this ring: "
                    + String.join(", ", differences) + ". Give it what the ring was founded with.");
        }
        try {
            Member admitted = node.admit(request.profile());
            TopologyPage.Checkpoint summary = node.summary();
            ControlState state = node.agreed();
            return new JoinAnswer.Admitted(
                    state.founded().ring(),
                    admitted.id(),
                    summary.index(),
                    summary.state(),
                    VoterText.of(topology.foundingVoters()),
                    VoterText.of(voters(state, admitted.id())));
        } catch (CacheException unavailable) {
            return new JoinAnswer.Wait("a majority of the ring's members", PAUSE_MILLIS, addresses());
        }
    }

    /** Whom the newcomer may ask for the log. */
    private static List<NodeId> voters(ControlState state, NodeId newcomer) {
        return state.roster().members().stream()
                .map(Member::id)
                .filter(member -> !member.equals(newcomer))
                .limit(JoinAnswer.MEMBERS_MAX)
                .toList();
    }

    private List<Address> addresses() {
        return node.agreed().roster().members().stream()
                .map(member -> member.profile().address())
                .limit(JoinAnswer.MEMBERS_MAX)
                .toList();
    }

    @Override
    public @Nullable NodeProfile member(String name) {
        Member member = node.agreed().roster().member(name);
        return member == null ? null : member.profile();
    }
}
