package dev.hypercache.core.node;

import dev.hypercache.core.leaderless.LeaderlessLimits;
import dev.hypercache.core.leaderless.LeaderlessSlot;
import dev.hypercache.core.message.LeaderlessMessage;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Perform;
import dev.hypercache.core.message.PerformClear;
import dev.hypercache.core.message.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Where messages enter that concern caches whose writes nobody orders: each copy of a request once, since one that was refused
 * must not be performed when the network repeats it. Confined to its slot.
 */
final class LeaderlessDoor {

    private final LeaderlessSlot slot;
    private final long tokenWindowMillis;
    private final SeenCopies copies = new SeenCopies();

    LeaderlessDoor(LeaderlessSlot slot, LeaderlessLimits limits) {
        this.slot = slot;
        this.tokenWindowMillis = limits.tokenWindowMillis();
    }

    /** Deals with a message; false if it concerns ordered caches, and then nothing of this slot is looked at. */
    boolean receive(int from, Message message, long now, long wallMillis) {
        if (!(message instanceof LeaderlessMessage unordered)) {
            return false;
        }
        RequestHead head = headOf(unordered);
        if (head == null || copies.takesIn(head, slot.timeMillis() - tokenWindowMillis)) {
            slot.receive(from, unordered, now, wallMillis);
        }
        return true;
    }

    private static @Nullable RequestHead headOf(LeaderlessMessage message) {
        if (message instanceof Perform perform) {
            return perform.head();
        }
        return message instanceof PerformClear clear ? clear.head() : null;
    }
}
