package dev.hypercache.core.node;

import dev.hypercache.core.leaderless.LeaderlessLimits;
import dev.hypercache.core.leaderless.LeaderlessSlot;
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

    /** Deals with a message; false if it concerns ordered caches. */
    boolean receive(int from, Message message, long now, long wallMillis) {
        RequestHead head = headOf(message);
        if (head != null && !copies.takesIn(head, slot.timeMillis() - tokenWindowMillis)) {
            return true;
        }
        return slot.receive(from, message, now, wallMillis);
    }

    private static @Nullable RequestHead headOf(Message message) {
        if (message instanceof Perform perform) {
            return perform.head();
        }
        return message instanceof PerformClear clear ? clear.head() : null;
    }
}
