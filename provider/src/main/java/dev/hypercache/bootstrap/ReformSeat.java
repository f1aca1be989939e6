package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.spi.RingId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a node is to the ring while that one looks for its next generation. Methods return at once. */
interface ReformSeat {

    /** The generation that the node follows; null if it is in no ring. */
    @Nullable
    RingId ring();

    /** What it knows of it; {@link ControlState#EMPTY} if it is in no ring. */
    ControlState state();

    /** The boots of those who vote in the log, as far as known. */
    List<UUID> voters();

    /** The boot of the other node that leads the log, as far as known; null if none is known to. */
    @Nullable
    UUID leader();

    /** Follows the log no longer. */
    ControlState freeze();

    /** The next generation begins so. */
    void begin(ReformDecision decision);
}
