package dev.hypercache.sim;

import dev.hypercache.core.message.Execute;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.ReplicaRead;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.node.SlotMachine;

/** What a node takes in, by what it knows of the agreed state. */
final class Door {

    private final NodeControl control;
    private final World world;

    Door(NodeControl control, World world) {
        this.control = control;
        this.world = world;
    }

    /** Whether a message is of the generation that the node follows: no other is ever applied (I9). */
    boolean isOfThisGeneration(long generation) {
        boolean isOfThis = generation == control.generation();
        if (!isOfThis) {
            world.coverage().count("OTHER_GENERATION_IGNORED");
        }
        return isOfThis;
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
        } else if (message instanceof Rejected rejected && rejected.reason() == Rejected.Reason.SLOT_RESET) {
            world.coverage().count("RETRIED_AFTER_RESET");
        }
    }

    /** A slot may have heard of an epoch of which the node has not read. */
    void readOn(SlotMachine machine) {
        if (machine.isBehind()) {
            world.coverage().count("EPOCH_UNKNOWN");
            control.log().poke();
        }
    }

    /** A node that holds no copy of the slot cannot perform what it was asked for now. */
    void turnAway(SimNode node, int from, Message message) {
        if (message instanceof Execute execute) {
            redirect(node, from, message.slot(), execute.head());
        } else if (message instanceof ExecuteClear clear) {
            redirect(node, from, message.slot(), clear.head());
        }
    }

    private static void redirect(SimNode node, int from, int slot, RequestHead head) {
        long slotTimeMillis = node.clock().wallMillis();
        node.send(from, Rejected.of(slot, head, Rejected.Reason.NO_COPY, Rejected.NOBODY, slotTimeMillis));
    }
}
