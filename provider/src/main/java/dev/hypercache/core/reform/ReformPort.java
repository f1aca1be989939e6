package dev.hypercache.core.reform;

import dev.hypercache.core.control.ControlState;
import java.util.UUID;

/** What the agreement on a new generation needs of its node. Called within the calls to {@link Reforming}. */
public interface ReformPort {

    /** Sends a message to a life, by its boot; it may get lost, come twice or late. */
    void send(UUID boot, ReformMessage message);

    /**
     * From now on the node takes part in the log of the old generation no longer, for good: it votes on nothing, appends
     * nothing and reads nothing more. Called once, before anybody is told.
     *
     * @return what the node knows then; {@link ControlState#EMPTY} if it belongs to no ring yet
     */
    ControlState freeze();

    /** The next generation is decided, and begins so. Called once. */
    void begin(ReformDecision decision);

    /** A random number from 0 to {@code bound} - 1. */
    int dice(int bound);
}
