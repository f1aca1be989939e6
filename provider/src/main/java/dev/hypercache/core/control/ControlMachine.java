package dev.hypercache.core.control;

import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agreed state as one member knows it, brought forward by what that member reads from its topology log.
 *
 * <p>Never goes back: what it knows already is passed over, so pages may be read twice. Limits: one state, of at most {@link
 * ControlLimits#STATE_BYTES_MAX} bytes.
 */
public final class ControlMachine {

    private ControlState state = ControlState.EMPTY;

    /**
     * What a page did.
     *
     * @param index the last change known now
     * @param restored whether the state was taken over from a checkpoint: what came of the changes below is unknown
     * @param outcomes what came of each change applied, in order
     */
    public record Progress(long index, boolean restored, List<ChangeOutcome> outcomes) {

        /** Keeps an unmodifiable copy. */
        public Progress {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * Takes a page in.
     *
     * <p>Bytes that are no change, though of a known format, are a change that does nothing: every member reads them so.
     *
     * @throws NewerFormatException if a change or checkpoint is of a newer format; everything before it is applied
     * @throws IllegalArgumentException if the page leaves a gap behind what is known, or its checkpoint is none
     */
    public Progress feed(TopologyPage page) {
        boolean restored = restore(page.checkpoint());
        List<ChangeOutcome> outcomes = new ArrayList<>();
        for (TopologyChange change : page.changes()) {
            if (change.index() > state.index()) {
                outcomes.add(apply(change));
            }
        }
        return new Progress(state.index(), restored, outcomes);
    }

    /** The agreed state. */
    public ControlState state() {
        return state;
    }

    /** The last change known; 0 before the first. */
    public long index() {
        return state.index();
    }

    /**
     * Who holds a slot.
     *
     * @throws IndexOutOfBoundsException if the ring has no such slot
     */
    public SlotConfiguration configuration(int slot) {
        return state.slots().configuration(slot);
    }

    /** The slots that changed after an index. */
    public BitSet slotsChangedSince(long index) {
        return state.slots().changedSince(index);
    }

    /** The member that ballots and slots call so, or null. */
    public @Nullable Member member(int shortId) {
        return state.roster().member(shortId);
    }

    /** The member that is exactly this incarnation, or null. */
    public @Nullable Member member(NodeId id) {
        return state.roster().member(id);
    }

    /** The cache that records call so, or null. */
    public @Nullable CacheDefinition cache(int id) {
        return state.caches().cache(id);
    }

    /** The cache that applications call so, or null. */
    public @Nullable CacheDefinition cache(String name) {
        return state.caches().cache(name);
    }

    /** The state for {@link dev.hypercache.spi.topology.TopologyLog#checkpoint}, with the index {@link #index}. */
    public Payload snapshot() {
        return StateFormat.encode(state);
    }

    private boolean restore(TopologyPage.@Nullable Checkpoint checkpoint) {
        if (checkpoint == null || checkpoint.index() <= state.index()) {
            return false;
        }
        ControlState restored = StateFormat.decode(checkpoint.state());
        if (restored.index() != checkpoint.index()) {
            throw new IllegalArgumentException("the checkpoint at index " + checkpoint.index()
                    + " holds the state at index " + restored.index() + ".");
        }
        state = restored;
        return true;
    }

    private ChangeOutcome apply(TopologyChange change) {
        if (change.index() != state.index() + 1) {
            throw new IllegalArgumentException("change " + change.index() + " cannot follow change " + state.index()
                    + ". Read the log from " + (state.index() + 1) + " on.");
        }
        ChangeOutcome outcome = outcomeOf(change);
        state = outcome.applied().state();
        return outcome;
    }

    private ChangeOutcome outcomeOf(TopologyChange change) {
        ControlChange decoded;
        try {
            decoded = ControlChange.decode(change.change());
        } catch (NewerFormatException newer) {
            throw newer;
        } catch (IllegalArgumentException unreadable) {
            return new ChangeOutcome(
                    change.index(), null, state.applyUnreadable(String.valueOf(unreadable.getMessage())));
        }
        return new ChangeOutcome(change.index(), decoded.id(), state.apply(decoded.command()));
    }
}
