package dev.hypercache.core.reform;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.spi.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The lives behind the votes of a topology log, some of which may be members no more. */
public final class LogVoters {

    /** A life that is over for certain. */
    static final UUID GONE = new UUID(0, 0);

    private LogVoters() {}

    /** The boots of voters. */
    public static List<UUID> boots(ControlState state, List<NodeId> voters) {
        return voters.stream().map(voter -> boot(state, voter)).toList();
    }

    /**
     * The boot of a voter. Whose name belongs to a later life is over. Of any other one that is no member it is not known whether it lives:
     * it counts as alive, for with others like it it could go on with the log, until an operator declares it dead.
     */
    public static UUID boot(ControlState state, NodeId voter) {
        Member member = state.roster().member(voter.name());
        if (member == null) {
            return UUID.nameUUIDFromBytes(voter.toString().getBytes(StandardCharsets.UTF_8));
        }
        return member.id().equals(voter) ? member.profile().boot() : GONE;
    }
}
