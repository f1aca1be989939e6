package dev.hypercache.core.repair;

import dev.hypercache.core.message.SlotRoot;
import java.util.List;

/**
 * The copies that a node holds, slot by slot. Implementations look at one slot after the other: no two are the same moment's.
 */
public interface NodeCopies {

    /**
     * The slots that this node leads and another member follows, in order. Of what nobody orders the lower member leads the
     * comparison of two holders; such a root follows the other one of its slot.
     */
    List<LedSlot> led(int follower);

    /** The slots in which this node follows another member, in order. */
    List<SlotRoot> followed(int leader);

    /** Lets the leader of a slot compare a follower's copy with its own; nothing happens if this node leads it no more. */
    void compare(int slot, int follower);

    /** Compares what nobody orders in a slot with another holder's copy. */
    void compareUnordered(int slot, int holder);
}
