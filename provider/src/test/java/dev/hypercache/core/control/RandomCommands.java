package dev.hypercache.core.control;

import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Commands as a ring's members might append them in good and in bad days, from a seed. */
final class RandomCommands {

    private static final int SLOTS = 16;
    private static final int NAMES = 7;

    private final SplittableRandom random;
    private final Set<String> kindsMade = new TreeSet<>();
    private int lives;

    RandomCommands(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The kinds of commands and steps made so far. */
    Set<String> kindsMade() {
        return kindsMade;
    }

    boolean restoresNow() {
        return random.nextInt(10) == 0;
    }

    ControlCommand next(ControlState state) {
        ControlCommand command = state.ring() == null ? found() : any(state);
        kindsMade.add(command.getClass().getSimpleName());
        if (command instanceof ChangeSlots change) {
            change.steps().forEach(step -> kindsMade.add(step.getClass().getSimpleName()));
        }
        return command;
    }

    private ControlCommand found() {
        List<NodeProfile> founders = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> TestRings.profile("n" + i, ++lives))
                .toList();
        return TopologyPlanner.found(TestRings.settings(SLOTS, 1 + random.nextInt(3)), founders);
    }

    private ControlCommand any(ControlState state) {
        return switch (random.nextInt(24)) {
            case 0, 1 ->
                unlessSlotsAreLost(state, new AdmitMember(TestRings.profile("n" + random.nextInt(NAMES), ++lives)));
            case 2 ->
                unlessSlotsAreLost(state, new RemoveMember(anyMember(state).id()));
            case 3 -> leave(state);
            case 4 -> new DefineCache("c" + random.nextInt(5), new TreeMap<>(), Payload.EMPTY);
            case 5 -> new DropCache(1 + random.nextInt(10));
            case 6 -> found();
            case 7 -> new SetReplicationFactor(1 + random.nextInt(4));
            case 8 -> ofLoss(state);
            case 9 -> new ChangeSlots(List.of(wildStep(0), wildStep(6), wildStep(12)));
            case 10, 11, 12 -> completeAll(state);
            case 13, 14 -> new UseCache(anyCache(state), anyMember(state).id());
            case 15 -> new ReleaseCache(anyCache(state), anyMember(state).id());
            default -> planned(state);
        };
    }

    /** A ring whose slots are lost stands still, so a walk loses slots seldom. */
    private ControlCommand unlessSlotsAreLost(ControlState state, ControlCommand command) {
        boolean loses =
                !TopologyPlanner.plan(state.apply(command).state()).lost().isEmpty();
        return loses && random.nextInt(8) > 0 ? planned(state) : command;
    }

    private ControlCommand ofLoss(ControlState state) {
        LossPolicy policy = random.nextInt(4) == 0 ? LossPolicy.BLOCK : LossPolicy.RESET;
        ResolveLoss resolution = TopologyPlanner.plan(state).resolution(policy);
        if (resolution != null && random.nextInt(5) > 0) {
            return resolution;
        }
        if (random.nextBoolean()) {
            return new ResolveLoss(
                    policy,
                    List.of(new LostSlot(
                            random.nextInt(SLOTS + 2), 1 + random.nextInt(5), MemberSet.of(1 + random.nextInt(9)))));
        }
        return reform(state);
    }

    private Reform reform(ControlState state) {
        RingId ring = state.founded().ring();
        Member one = anyMember(state);
        Member other = anyMember(state);
        List<NodeId> gone = one.equals(other) ? List.of() : List.of(one.id());
        List<NodeProfile> returned = List.of(TestRings.profile(other.profile().name(), ++lives));
        return new Reform(random.nextInt(5) == 0 ? ring.reformed() : ring, gone, returned);
    }

    private ControlCommand leave(ControlState state) {
        List<RemoveMember> departures = TopologyPlanner.departures(state);
        return departures.isEmpty() ? new DrainMember(anyMember(state).id()) : departures.get(0);
    }

    private Member anyMember(ControlState state) {
        List<Member> members = new ArrayList<>(state.roster().members());
        return members.get(random.nextInt(members.size()));
    }

    /** Often one that exists. */
    private int anyCache(ControlState state) {
        List<CacheDefinition> caches = new ArrayList<>(state.caches().caches());
        return caches.isEmpty() || random.nextInt(4) == 0
                ? 1 + random.nextInt(10)
                : caches.get(random.nextInt(caches.size())).id();
    }

    private ChangeSlots completeAll(ControlState state) {
        List<SlotStep> steps = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            SlotConfiguration now = state.slots().configuration(slot);
            if (now.isSwitching() && random.nextInt(3) > 0) {
                steps.add(new CompleteSwitch(slot, now.epoch()));
            }
        }
        return new ChangeSlots(steps);
    }

    private ChangeSlots planned(ControlState state) {
        List<SlotStep> steps = TopologyPlanner.plan(state).steps();
        steps.removeIf(step -> random.nextInt(3) == 0);
        return new ChangeSlots(steps);
    }

    /** A step that fits by chance only. */
    private SlotStep wildStep(int from) {
        int slot = from + random.nextInt(6);
        int epoch = 1 + random.nextInt(5);
        int first = random.nextInt(12);
        MemberSet members = random.nextBoolean() ? MemberSet.of(first) : MemberSet.of(first, first + 1);
        return switch (random.nextInt(5)) {
            case 0 -> new AddLearners(slot, epoch, members);
            case 1 -> new DropLearners(slot, epoch, members);
            case 2 -> new BeginSwitch(slot, epoch, members);
            case 3 -> new CompleteSwitch(slot, epoch);
            default -> new OrderVoters(slot, epoch, members);
        };
    }
}
