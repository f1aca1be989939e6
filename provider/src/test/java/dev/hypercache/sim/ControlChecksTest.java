package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlMachine;
import dev.hypercache.core.control.DefineCache;
import dev.hypercache.core.control.DropCache;
import dev.hypercache.core.control.TestRings;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlChecksTest {

    private static final ControlCommand FOUNDING =
            TopologyPlanner.found(TestRings.settings(2, 1), List.of(TestRings.profile("a"), TestRings.profile("b")));
    private static final ControlCommand CACHE = new DefineCache("cache", new TreeMap<>(), Payload.EMPTY);

    private final Invariants invariants = new Invariants();
    private final ControlChecks checks = new ControlChecks(invariants, new Coverage(), (slot, from, to, members) -> {});
    private final ControlMachine agreed = new ControlMachine();

    @BeforeEach
    void agree() {
        checks.agreed(feed(agreed, FOUNDING), agreed);
        checks.agreed(feed(agreed, CACHE), agreed);
    }

    private static ControlMachine.Progress feed(ControlMachine machine, ControlCommand command) {
        Payload change = new ControlChange(new UUID(0, 1), command).encode();
        return machine.feed(new TopologyPage(null, List.of(new TopologyChange(machine.index() + 1, change))));
    }

    @Test
    void nodeThatReadsTheSameIsRight() {
        ControlMachine node = new ControlMachine();
        checks.followed("a", feed(node, FOUNDING), node);
        checks.followed("a", feed(node, CACHE), node);

        assertThat(invariants.violations()).isEmpty();
    }

    @Test
    void nodeWithAnotherStateAtAnIndexIsFound() {
        ControlMachine node = new ControlMachine();
        checks.followed("a", feed(node, FOUNDING), node);
        checks.followed("a", feed(node, new DropCache(1)), node);

        assertThat(invariants.violations()).singleElement().asString().contains("another state at index 2");
    }

    @Test
    void nodeThatGoesBackIsFound() {
        ControlMachine node = new ControlMachine();
        feed(node, FOUNDING);
        checks.followed("a", feed(node, CACHE), node);
        ControlMachine older = new ControlMachine();
        checks.followed("a", feed(older, FOUNDING), older);

        assertThat(invariants.violations()).singleElement().asString().contains("went back");
    }
}
