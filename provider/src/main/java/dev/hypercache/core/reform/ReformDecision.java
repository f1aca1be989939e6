package dev.hypercache.core.reform;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Reform;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * How a generation begins: with the newest state of the one before that a survivor had, and the reform as the next change.
 *
 * @param index the last change of the old generation
 * @param state what all changes up to that one added up to
 * @param id the id of the first change of the new generation
 * @param reform that change
 */
public record ReformDecision(long index, Payload state, UUID id, Reform reform) {

    /** Checks for null. */
    public ReformDecision {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reform, "reform");
    }

    /** The boots of all who belonged to the old generation at the end, and of those who came back. */
    public Set<UUID> concerned() {
        Set<UUID> boots = new LinkedHashSet<>();
        ControlState.decode(state)
                .roster()
                .members()
                .forEach(member -> boots.add(member.profile().boot()));
        reform.returned().forEach(life -> boots.add(life.boot()));
        return boots;
    }

    /** What the log of the new generation holds at first: a checkpoint, and one change. */
    public TopologyPage beginning() {
        TopologyChange first = new TopologyChange(index + 1, new ControlChange(id, reform).encode());
        return new TopologyPage(new TopologyPage.Checkpoint(index, state), List.of(first));
    }
}
