package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What a slot lost with voters that are no members any more, and how it goes on (CONSISTENCY §5).
 *
 * <p>A voter that is no member never answers again. Without a majority of members among its voters a slot can have no leader.
 * If fewer voters are gone than a majority counts, each majority that ever chose a version left somebody: all survivors
 * together hold every chosen version, and a leader that has promises of all of them finds it. So the next epoch has voters
 * of whom every survivor is needed, and nothing is lost. Two of them need no more than that. Three are beside one of the
 * dead, who counts and never answers: a majority of four is three. If as many voters are gone as a majority counts, a chosen
 * version may have been theirs alone, and the survivors cannot know: the slot begins anew, and again every survivor is
 * needed, so that none of them goes on in the epoch before.
 *
 * <p>What the survivors hold together each of them holds once the switch to them has completed, and not before: who loses another one of
 * them until then has lost something.
 *
 * <p>In a switch both sets of voters are looked at by themselves: what was chosen before it is with the old ones, what was
 * chosen in it is with the new ones.
 *
 * @param at the slot's configuration
 * @param members the short ids of the ring's members
 */
public record SlotLoss(SlotConfiguration at, BitSet members) {

    /** How much is gone. */
    public enum Kind {
        /** A majority of members is left. */
        NONE,
        /** No majority is left, and the survivors together hold every chosen version. */
        HELD,
        /** What was chosen may be gone. */
        LOST
    }

    /** Keeps a copy. */
    public SlotLoss {
        members = (BitSet) members.clone();
    }

    /** A copy. */
    @Override
    public BitSet members() {
        return (BitSet) members.clone();
    }

    /** How much is gone. */
    public Kind kind() {
        if (at.isPromiseQuorum(members)) {
            return Kind.NONE;
        }
        return !at.rescued() && isHeld(at.voters()) && isHeld(at.incoming()) ? Kind.HELD : Kind.LOST;
    }

    /** Whether none of the slot's voters, old or new, is a member. */
    public boolean isExtinct() {
        return at.electors().countIn(members) == 0;
    }

    /** The first epoch after the loss. */
    SlotConfiguration resolved(MemberSet heirs) {
        MemberSet voters = afterwards(at.voters());
        MemberSet incoming = afterwards(at.incoming());
        if (kind() == Kind.HELD) {
            return at.next(voters, incoming).toSurvivors();
        }
        if (voters.isEmpty()) {
            voters = incoming.isEmpty() ? heirs : incoming;
            incoming = MemberSet.EMPTY;
        }
        return at.next(voters, incoming).begunAnew();
    }

    /** A sentence for those whose operations fail, and for logs. */
    public String describe(int slot) {
        MemberSet gone = at.electors().minus(survivors(at.electors()));
        String what =
                "slot " + slot + " lost voters " + gone + " of " + at.electors() + " for good in epoch " + at.epoch();
        return kind() == Kind.HELD
                ? what
                        + "; the others hold everything, and it is served again once the ring has agreed on its next epoch"
                : what
                        + ", and with them what they alone held; it is served again once it is reset, by the loss policy RESET"
                        + " or by an operator's command";
    }

    private boolean isHeld(MemberSet voters) {
        int gone = voters.size() - voters.countIn(members);
        return voters.isEmpty() || gone < voters.majority();
    }

    /** Of these voters so many that quorums are majorities again; where a majority is gone, each survivor is needed. */
    private MemberSet afterwards(MemberSet voters) {
        if (voters.hasMajorityIn(members)) {
            return voters;
        }
        MemberSet survivors = survivors(voters);
        int[] dead = voters.minus(survivors).toArray();
        int counted = Math.max(0, survivors.size() - 2);
        return survivors.union(MemberSet.of(Arrays.copyOf(dead, counted)));
    }

    private MemberSet survivors(MemberSet voters) {
        return MemberSet.of(Arrays.stream(voters.toArray()).filter(members::get).toArray());
    }
}
