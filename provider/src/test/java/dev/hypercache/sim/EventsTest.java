package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.lead.Audience;
import dev.hypercache.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What listeners hear of changes that are led elsewhere, in simulated time, while leaders die and messages get lost.
 *
 * <p>{@code -Dhypercache.sim.events=K} runs K seeds, from {@code -Dhypercache.sim.seed} or from 1.
 */
@Tag("simulation")
class EventsTest {

    private static final int SEEDS = Integer.getInteger("hypercache.sim.events", 60);
    private static final long BASE = Long.getLong("hypercache.sim.seed", 1);
    /** Voters that pause for long, slots that begin anew, reforms that ids and words of the past outlive. */
    private static final List<Long> ONCE_WRONG = List.of(63L, 96L, 96_002_333L, 96_002_928L);

    private static final int OPERATIONS = 400;
    private static final int KEYS = 6;
    /** Faults end by then, even if clients that met nobody who serves have not done all that they wanted. */
    private static final long LIMIT_MILLIS = 120_000;

    /** Within this time of peace every operation that has begun ends. */
    private static final long END_MILLIS = 10_000;

    private static final long SETTLE_MILLIS = 40_000;

    @Test
    void listenersHearOfEachKeyInOrderAndOfItsLastStateWhateverHappens() {
        List<String> complaints = new ArrayList<>();
        Coverage coverage = new Coverage();
        long events = 0;
        for (long seed = BASE; seed < BASE + SEEDS; seed++) {
            SimRing ring = run(seed, complaints);
            coverage.add(ring.coverage());
            events += ring.events().events();
        }
        System.out.println("events: " + SEEDS + " seeds from " + BASE + ", " + events + " events told, "
                + coverage.of("EVENT_REPEATED") + " repeats dropped, " + coverage.of("FEED_OVERFLOWED")
                + " overflows, " + coverage.of("LISTENER_LATE") + " answers that did not wait");
        assertThat(complaints).isEmpty();
        assertThat(events).isPositive();
        if (SEEDS >= 60) {
            assertThat(coverage.missing(List.of("EVENT_REPEATED", "FEED_OVERFLOWED", "REPROPOSED")))
                    .as("branches never taken")
                    .isEmpty();
        }
    }

    @Test
    void seedsThatOnceWentWrongGoRight() {
        List<String> complaints = new ArrayList<>();
        ONCE_WRONG.forEach(seed -> run(seed, complaints));
        assertThat(complaints).isEmpty();
    }

    private static SimRing run(long seed, List<String> complaints) {
        Chance chance = new Chance(seed);
        SimCase what = SimCase.of(seed, FaultKinds.of("wpcsl"));
        SimRing ring = new SimRing(chance.split(), chance.happens(0.5) ? 3 : 5, 2, 3);
        ring.events().listen(chance.split(), chance.happens(0.5));
        Mover mover = new Mover(ring, chance.split());
        Suspicions suspicions = new Suspicions(ring, chance.split(), Detector.USUAL);
        Chaos chaos = new Chaos(ring, mover, suspicions, chance.split(), what, 700);
        EventLoad load = new EventLoad(ring, chance.split(), KEYS, done -> {});
        suspicions.start();
        ring.run(2_000); // Every leader knows of the listeners by then.
        List<SimNode> first = List.copyOf(ring.live());
        mover.start();
        chaos.start();
        load.start(4, OPERATIONS);
        until(ring, LIMIT_MILLIS, () -> !load.isBusy() && chaos.count() >= SimCase.FAULTS_MIN);
        chaos.mend();
        load.stop();
        boolean ended = until(ring, END_MILLIS, () -> !load.isBusy());
        boolean settled = until(
                ring,
                SETTLE_MILLIS,
                () -> ring.lives().isQuiet()
                        && mover.isDone()
                        && missed(ring, load, first).isEmpty());
        List<String> found = new ArrayList<>(ring.invariants().violations());
        if (!ended || chaos.count() < SimCase.FAULTS_MIN) {
            found.add("not every operation ended within " + END_MILLIS + " ms of peace, or there were few faults");
        }
        if (!settled) {
            found.add("not told in the end: " + missed(ring, load, first) + ", " + mover);
        }
        found.forEach(one -> complaints.add("seed " + seed + ": " + one + "; " + chaos.story()));
        return ring;
    }

    private static boolean until(SimRing ring, long millis, BooleanSupplier condition) {
        long end = ring.queue().nowMillis() + millis;
        while (!condition.getAsBoolean()) {
            if (ring.queue().nowMillis() >= end) {
                return false;
            }
            ring.run(50);
        }
        return true;
    }

    /**
     * The keys of which a node was not told the last state. Who came later may have missed what was before the first word of a
     * leader. What a slot lost that began anew is told to nobody.
     */
    private static List<String> missed(SimRing ring, EventLoad load, List<SimNode> first) {
        List<String> missed = new ArrayList<>();
        for (SimKey key : load.changed()) {
            @Nullable
            SimNode leader = ring.live().stream()
                    .filter(node -> node.serving(key.slot(ring.topology().slots())) != null)
                    .findFirst()
                    .orElse(null);
            StoredRecord record = leader == null ? null : record(ring, leader, key);
            Object held = leader == null ? "no leader" : value(record);
            if (leader != null && record == null && ring.events().isOfBefore(key, begunIn(ring, key))) {
                continue;
            }
            for (SimNode node : ring.live()) {
                EventChecks.Last last = ring.events().last(node, key);
                boolean mustKnow = last != null && last.byLeader() || first.contains(node);
                if (mustKnow && (last == null || !Objects.equals(last.value(), held))) {
                    missed.add(key + " at node " + node.id() + ": " + held + " is there, told was " + last);
                }
            }
        }
        return missed;
    }

    /** The epoch in which a key's slot was empty: the first one, unless it lost its majority since. */
    private static int begunIn(SimRing ring, SimKey key) {
        return ring.topology().of(key.slot(ring.topology().slots())).begunIn();
    }

    private static @Nullable StoredRecord record(SimRing ring, SimNode leader, SimKey key) {
        return Objects.requireNonNull(leader.machine(key.slot(ring.topology().slots())))
                .state()
                .replica(key.cache())
                .held(key);
    }

    private static @Nullable Object value(@Nullable StoredRecord record) {
        return record == null || record.isTombstone() ? null : record.value();
    }

    @Test
    void answerWaitsForSynchronousListenersOfOtherNodes() {
        for (long seed = BASE; seed < BASE + 5; seed++) {
            Chance chance = new Chance(seed);
            SimRing ring = new SimRing(chance.split(), 5, 2, 3);
            ring.events().listen(chance.split(), false);
            List<String> early = new ArrayList<>();
            long[] changes = {0};
            EventLoad load = new EventLoad(ring, chance.split(), 200, done -> {
                changes[0]++;
                for (Audience.Listening one : ring.events().of(done.key().cache())) {
                    boolean isTold = ring.events().last(ring.node(one.member()), done.key()) != null;
                    if (one.synchronous() && !isTold) {
                        early.add(done.key() + " was answered before node " + one.member() + " was told");
                    }
                }
            });
            ring.run(2_000);
            load.start(4, 200);
            ring.run(60_000);

            assertThat(load.isBusy()).isFalse();
            assertThat(changes[0]).isPositive();
            assertThat(ring.coverage().of("FEED_OVERFLOWED")).isZero();
            assertThat(early).isEmpty();
            assertThat(ring.coverage().of("LISTENER_LATE")).isZero();
            assertThat(ring.invariants().violations()).isEmpty();
        }
    }
}
