package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.Foundings;
import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.form.JoinDesk;
import dev.hypercache.core.form.JoinRequest;
import dev.hypercache.core.form.RingTerms;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.List;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Admits nodes to the ring at one of its members: by a change of the topology log, with what the newcomer needs to follow it.
 *
 * @param node the member
 * @param topology its part of the log
 * @param reforms where it is told who came back
 * @param founding the change that founded the ring
 */
record MemberDesk(MemberNode node, RaftTopology topology, ReformDesk reforms, Payload founding) implements JoinDesk {

    private static final long PAUSE_MILLIS = 500;

    @Override
    public JoinAnswer admit(JoinRequest request) {
        List<String> differences = differencesTo(request.terms());
        if (!differences.isEmpty()) {
            return new JoinAnswer.Refused("node '" + request.profile().name() + "' cannot join this ring: "
                    + String.join(", ", differences) + ". Give it what the ring was founded with.");
        }
        Member known = node.agreed().roster().member(request.profile().name());
        if (known != null && !known.profile().boot().equals(request.profile().boot())) {
            reforms.returned(request.profile());
        } else if (known != null && hasVoteFromTheBeginning(known)) {
            return waitForWord();
        }
        if (!node.operations().hasMajority()) {
            return waitForMajority();
        }
        try {
            Member admitted = node.admit(request.profile());
            if (hasVoteFromTheBeginning(admitted)) {
                return waitForWord();
            }
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
            return waitForMajority();
        }
    }

    private JoinAnswer waitForMajority() {
        return new JoinAnswer.Wait("a majority of the ring's members", PAUSE_MILLIS, addresses());
    }

    private JoinAnswer waitForWord() {
        return new JoinAnswer.Wait("the word on how the ring goes on", PAUSE_MILLIS, addresses());
    }

    /** What the ring was founded with is right, too: only an operator has changed it since, and nodes are configured as before. */
    private List<String> differencesTo(RingTerms wanted) {
        List<String> differences = RingTerms.of(Foundings.read(founding).ring()).differencesTo(wanted);
        return differences.isEmpty()
                ? differences
                : RingTerms.of(node.agreed().founded()).differencesTo(wanted);
    }

    /** Whoever began a further generation with others must have the beginning of its log, which it gets from them. */
    private boolean hasVoteFromTheBeginning(Member member) {
        return node.agreed().founded().ring().generation() > 1
                && topology.foundingVoters().contains(member.id());
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
