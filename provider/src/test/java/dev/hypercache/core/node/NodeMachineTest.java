package dev.hypercache.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.Put;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.storage.HeapEntryStores;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class NodeMachineTest {

    @Test
    void phasesOnlyMoveForward() {
        for (NodePhase from : NodePhase.values()) {
            for (NodePhase to : NodePhase.values()) {
                NodeMachine machine = new NodeMachine();
                machine.advance(from);
                assertThat(machine.phase()).isEqualTo(from);
                boolean moved = machine.advance(to);
                assertThat(moved).as(from + " to " + to).isEqualTo(to.ordinal() > from.ordinal());
                assertThat(machine.phase()).isEqualTo(moved ? to : from);
            }
        }
    }

    @Test
    void slotsHaveAStoreAndALeaderEach() {
        CacheMachine machine = new CacheMachine(
                new SlotSpace(4),
                new Ballot(1, 0, 0),
                slot -> new HeapEntryStores().create("test", slot),
                Object::equals,
                (key, change, before, after) -> {});
        assertThat(machine.slots()).isEqualTo(4);
        assertThat(machine.leader(1)).isNotSameAs(machine.leader(2));
        machine.leader(machine.slotOf("k")).execute(new Put("k", "v", ExpiryRule.NEVER), null, 0);
        assertThat(machine.size()).isEqualTo(1);
        StoredRecord held = machine.get("k");
        assertThat(held).isNotNull();
        assertThat(held.value()).isEqualTo("v");
    }

    @Test
    void consecutiveHashCodesSpreadOverAllSlots() {
        CacheMachine machine = new CacheMachine(
                new SlotSpace(64),
                new Ballot(1, 0, 0),
                slot -> new HeapEntryStores().create("test", slot),
                Object::equals,
                (key, change, before, after) -> {});
        BitSet used = new BitSet();
        for (int key = -500; key < 500; key++) {
            int slot = machine.slotOf(key);
            assertThat(slot).isBetween(0, machine.slots() - 1);
            assertThat(machine.slotOf(key)).as("the slot of an equal key").isEqualTo(slot);
            used.set(slot);
        }
        assertThat(used.cardinality()).isEqualTo(64);
    }
}
