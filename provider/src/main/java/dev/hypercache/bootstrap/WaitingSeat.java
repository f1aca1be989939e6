package dev.hypercache.bootstrap;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.spi.RingId;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node that is in no ring: it knows nothing, and goes in with the first decision that counts it among the members.
 *
 * @param decided told of decisions
 */
record WaitingSeat(Consumer<ReformDecision> decided) implements ReformSeat {

    @Override
    public @Nullable RingId ring() {
        return null;
    }

    @Override
    public ControlState state() {
        return ControlState.EMPTY;
    }

    @Override
    public List<UUID> voters() {
        return List.of();
    }

    @Override
    public @Nullable UUID leader() {
        return null;
    }

    @Override
    public ControlState freeze() {
        return ControlState.EMPTY;
    }

    @Override
    public void begin(ReformDecision decision) {
        decided.accept(decision);
    }
}
