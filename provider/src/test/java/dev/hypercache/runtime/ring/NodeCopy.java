package dev.hypercache.runtime.ring;

import dev.hypercache.core.replica.SlotState;
import java.util.function.Consumer;

/** Lets a test look into a node's copies, and tamper with them. */
public final class NodeCopy {

    private NodeCopy() {}

    /** How many slots the ring has. */
    public static int slots(MemberNode node) {
        return node.cells().size();
    }

    /** Does something with a copy, under the lock of its slot; nothing if the node holds none. */
    public static void at(MemberNode node, int slot, Consumer<SlotState> what) {
        node.cells().cell(slot).withCopy(machine -> what.accept(machine.state()));
    }
}
