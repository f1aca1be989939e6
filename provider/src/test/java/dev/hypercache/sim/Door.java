package dev.hypercache.sim;

import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReplicaRead;

/** What a node takes in, by what it knows of the agreed state. */
final class Door {

    private final NodeControl control;
    private final World world;

    Door(NodeControl control, World world) {
        this.control = control;
        this.world = world;
    }

    /** Whether a sender is a member as far as known here: what comes from others is never applied (I9). */
    boolean admits(int sender) {
        boolean isMember = control.state().roster().contains(sender);
        if (!isMember) {
            boolean isDead = !world.topology().state().roster().contains(sender);
            world.coverage().count(isDead ? "DEAD_SENDER_IGNORED" : "UNKNOWN_SENDER_IGNORED");
        }
        return isMember;
    }

    /** Counts the answers that tell of a branch taken elsewhere. */
    void note(Message message) {
        if (message instanceof ReplicaRead read && read.refused()) {
            world.coverage().count("QUORUM_READ_REFUSED");
        } else if (message instanceof Rejected rejected && rejected.reason() == Rejected.Reason.TOKEN_EXPIRED) {
            world.coverage().count("TOKEN_EXPIRED");
        }
    }

    /**
     * Whether the node may answer under a ballot of an epoch. It may not before it has read of that epoch: it may have to
     * discard its copy by what it reads on the way, and a copy that was counted must not be discarded.
     */
    boolean knowsEpoch(int slot, int epoch) {
        boolean isKnown = epoch <= control.state().slots().configuration(slot).epoch();
        if (!isKnown) {
            world.coverage().count("EPOCH_UNKNOWN");
            control.log().poke();
        }
        return isKnown;
    }

    /** The same for what a leader says; others belong to no epoch. */
    boolean knowsEpochOf(Message message) {
        return knowsEpoch(message.slot(), LeaderWords.epochOf(message));
    }
}
