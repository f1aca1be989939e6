package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The way back to one client: over the connections that it has dialled, within the bounds of a link.
 *
 * <p>A lane takes the stripe that it takes at the client, or any other one as long as the client has not dialled that. It keeps the
 * connection that it took first until that ends or is replaced, since its messages would overtake each other on two. Safe for
 * use by any threads.
 */
final class WayBack {

    private final Counters counters;
    private final int stripes;
    private final ByteBudget budget;
    private final ByteBudget controlBudget;
    /** By stripe; at most one for each. */
    private final Map<Integer, AcceptedSide> sides = new ConcurrentHashMap<>();
    /** What the lanes of each stripe take; at most one for each. */
    private final Map<Integer, AcceptedSide> taken = new ConcurrentHashMap<>();

    WayBack(MuxNode node, int stripes) {
        long bytesMax = node.options().bytesInFlightMax();
        this.counters = node.counters();
        this.stripes = stripes;
        this.budget = new ByteBudget(bytesMax);
        this.controlBudget = new ByteBudget(bytesMax);
    }

    /** The client has a connection in a stripe. */
    void joined(int stripe, AcceptedSide side) {
        sides.put(stripe, side);
    }

    /** A connection has ended; tells whether it was the last one. */
    boolean left(int stripe, AcceptedSide side) {
        sides.remove(stripe, side);
        taken.values().remove(side);
        return sides.isEmpty();
    }

    /** Sends a message; false if it is dropped at once. */
    boolean post(Frame message, int lane) {
        AcceptedSide side = sideOf(lane);
        if (side == null || !side.accepts(message)) {
            return false;
        }
        ByteBudget bytes = lane == PeerLink.CONTROL_LANE ? controlBudget : budget;
        PendingPost post = new PendingPost(bytes, message);
        if (!bytes.reserve(post.cost())) {
            counters.overloaded();
            return false;
        }
        side.connection().send(post);
        return !side.connection().isEnded();
    }

    private @Nullable AcceptedSide sideOf(int lane) {
        int stripe = StripeOfLane.of(lane, stripes);
        AcceptedSide side = taken.get(stripe);
        return side != null && side.leadsBack()
                ? side
                : taken.compute(stripe, (wanted, known) -> known != null && known.leadsBack() ? known : choose(wanted));
    }

    private @Nullable AcceptedSide choose(int stripe) {
        AcceptedSide side = sides.get(stripe);
        if (side != null && side.leadsBack()) {
            return side;
        }
        for (AcceptedSide other : sides.values()) {
            if (other.leadsBack()) {
                return other;
            }
        }
        return null;
    }
}
