package dev.hypercache.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Rings to begin tests with. */
public final class TestRings {

    private TestRings() {}

    public static RingSettings settings(int slots, int replicationFactor) {
        return new RingSettings(
                new RingId(new UUID(7, 7), 1), slots, replicationFactor, new TreeMap<>(Map.of("cluster", "test")));
    }

    /** A node in its first life. */
    public static NodeProfile profile(String name) {
        return profile(name, 1);
    }

    /** A node in one of its lives. */
    public static NodeProfile profile(String name, int life) {
        return profile(name, life, 100, "");
    }

    public static NodeProfile profile(String name, int life, int weight, String zone) {
        UUID boot = UUID.nameUUIDFromBytes((name + "/" + life).getBytes(StandardCharsets.UTF_8));
        return new NodeProfile(name, boot, new Address("host-of-" + name.replaceAll("\\W", "-"), 7400), weight, zone);
    }

    /** A ring of nodes of equal weight, with short ids from 1 on in this order. */
    public static ControlState founded(int slots, int replicationFactor, String... names) {
        List<NodeProfile> founders =
                Arrays.stream(names).map(TestRings::profile).toList();
        return founded(settings(slots, replicationFactor), founders);
    }

    public static ControlState founded(RingSettings settings, List<NodeProfile> founders) {
        return accepted(ControlState.EMPTY, TopologyPlanner.found(settings, founders));
    }

    /** A ring of one slot, held by the first founders. */
    public static ControlState oneSlot(int replicationFactor, int voters, String... names) {
        List<NodeProfile> founders =
                Arrays.stream(names).map(TestRings::profile).toList();
        int[] ids = new int[voters];
        Arrays.setAll(ids, i -> i + 1);
        RingSettings settings = settings(1, replicationFactor);
        return accepted(ControlState.EMPTY, new FoundRing(settings, founders, List.of(MemberSet.of(ids))));
    }

    /** The state after commands of which everything must fit. */
    public static ControlState accepted(ControlState before, ControlCommand... commands) {
        ControlState state = before;
        for (ControlCommand command : commands) {
            Applied applied = state.apply(command);
            assertThat(applied.refusals()).as(command.toString()).isEmpty();
            state = applied.state();
        }
        return state;
    }

    /** The state after slot steps that must all fit. */
    public static ControlState accepted(ControlState before, SlotStep... steps) {
        return accepted(before, new ChangeSlots(List.of(steps)));
    }

    /** The state after a command that must be refused as a whole, for this reason. */
    static ControlState refused(ControlState before, Refusal.Reason reason, ControlCommand command) {
        Applied applied = before.apply(command);
        assertThat(applied.refusals()).extracting(Refusal::reason).containsExactly(reason);
        assertThat(applied.state())
                .isEqualTo(new ControlState(
                        before.index() + 1, before.ring(), before.roster(), before.slots(), before.caches()));
        return applied.state();
    }

    static void refused(ControlState before, Refusal.Reason reason, SlotStep step) {
        refused(before, reason, new ChangeSlots(List.of(step)));
    }

    public static NodeId id(String name, long incarnation) {
        return new NodeId(name, new Incarnation(incarnation));
    }

    /** The voters of all slots. */
    public static List<MemberSet> voters(ControlState state) {
        List<MemberSet> voters = new ArrayList<>();
        for (SlotEntry entry : state.slots().entries()) {
            voters.add(entry.configuration().voters());
        }
        return voters;
    }
}
