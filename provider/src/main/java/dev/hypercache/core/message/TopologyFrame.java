package dev.hypercache.core.message;

import java.util.Objects;

/**
 * What the engine of the topology log at one member has to say to that at another one; its own business.
 *
 * @param frame opaque bytes
 */
public record TopologyFrame(Object frame) implements TopologyMessage {

    /** Checks for null. */
    public TopologyFrame {
        Objects.requireNonNull(frame, "frame");
    }
}
