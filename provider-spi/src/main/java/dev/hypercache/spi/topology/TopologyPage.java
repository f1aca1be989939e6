package dev.hypercache.spi.topology;

import dev.hypercache.spi.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log answers to a read.
 *
 * @param checkpoint the state to begin from, if the log no longer holds the first change asked for; else null
 * @param changes changes with successive indexes: the first is the one asked for or, with a checkpoint, the one after it.
 *     Empty if the log holds no more
 */
public record TopologyPage(@Nullable Checkpoint checkpoint, List<TopologyChange> changes) {

    /** Keeps an unmodifiable copy. */
    public TopologyPage {
        changes = List.copyOf(changes);
    }

    /**
     * The state that all changes up to an index add up to.
     *
     * @param index the last change summed up, 1 or more
     * @param state the state after it
     */
    public record Checkpoint(long index, Payload state) {}
}
