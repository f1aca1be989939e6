package dev.hypercache.core.control;

import dev.hypercache.spi.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that the members of a ring agree on, after one change of the topology log.
 *
 * <p>A change advances {@code index} whether or not it fits. The index is not an epoch: epochs belong to slots and grow by
 * switches alone, so defining a cache deposes nobody.
 *
 * @param index the last change applied; 0 before the first
 * @param ring what was fixed when the ring was founded; null before
 * @param roster who is a member
 * @param slots who holds which slot
 * @param caches which caches exist
 */
public record ControlState(
        long index, @Nullable RingSettings ring, Roster roster, SlotTable slots, CacheCatalog caches) {

    /** The state before the first change. */
    public static final ControlState EMPTY =
            new ControlState(0, null, Roster.EMPTY, SlotTable.EMPTY, CacheCatalog.EMPTY);

    /**
     * Checks that the parts belong to one ring.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ControlState {
        ControlLimits.checkRange("index", index, 0, Long.MAX_VALUE);
        int slotsWanted = ring == null ? 0 : ring.slots();
        if (slots.size() != slotsWanted) {
            throw new IllegalArgumentException(
                    "a table of " + slots.size() + " slots for a ring of " + slotsWanted + ".");
        }
        if ((ring == null) != (roster.size() == 0)) {
            throw new IllegalArgumentException("a ring has members, and nobody is one before it is founded.");
        }
    }

    /** The state as bytes, as in the checkpoints of a log. */
    public Payload encode() {
        return StateFormat.encode(this);
    }

    /**
     * Reads a state, whoever made the bytes up.
     *
     * @throws NewerFormatException if it is of a format that this version does not know
     * @throws IllegalArgumentException if the bytes are no state; the message names what is wrong
     */
    public static ControlState decode(Payload bytes) {
        return StateFormat.decode(bytes);
    }

    /** What the next change makes of this state. Never throws: a command that does not fit is refused. */
    public Applied apply(ControlCommand command) {
        return command.applyTo(atNextIndex());
    }

    /** What a change that nobody can read makes of this state. */
    Applied applyUnreadable(String why) {
        return atNextIndex().refuse(Refusal.Reason.UNREADABLE, why);
    }

    /**
     * What was fixed when the ring was founded.
     *
     * @throws NullPointerException before
     */
    public RingSettings founded() {
        return Objects.requireNonNull(ring, "no ring is founded yet");
    }

    Applied refuse(Refusal.Reason reason, String detail) {
        return Applied.refused(this, new Refusal(reason, Refusal.NO_SLOT, detail));
    }

    ControlState with(RingSettings changed) {
        return new ControlState(index, changed, roster, slots, caches);
    }

    /** With other members; who is none any more uses no cache. */
    ControlState with(Roster changed) {
        return new ControlState(index, ring, changed, slots, caches.usedWithin(changed));
    }

    ControlState with(SlotTable changed) {
        return new ControlState(index, ring, roster, changed, caches);
    }

    ControlState with(CacheCatalog changed) {
        return new ControlState(index, ring, roster, slots, changed);
    }

    private ControlState atNextIndex() {
        return new ControlState(index + 1, ring, roster, slots, caches);
    }
}
