package dev.hypercache.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.Belief;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Beliefs, whatever the order in which they are heard. */
final class MemberTableTest {

    private static final long SEED = Long.getLong("hypercache.sim.seed", 4711L);
    private static final SwimPace PACE = new SwimPace(1_000, 1, 500, 3, 4);
    private static final int MEMBERS = 30;

    private static final MemberObserver NOBODY = new MemberObserver() {
        @Override
        public void happened(MemberEvent event) {}

        @Override
        public void believed(Belief belief) {}
    };

    private static MemberTable table() {
        MemberTable table = new MemberTable(1, PACE, NOBODY);
        table.watch(IntStream.rangeClosed(2, MEMBERS).boxed().collect(Collectors.toSet()), 0);
        return table;
    }

    private static List<Belief> held(MemberTable table) {
        return table.states().stream().map(MemberState::belief).toList();
    }

    private static Belief any(Random random) {
        List<Integer> observers = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            observers.add(1 + random.nextInt(MEMBERS + 5));
        }
        return new Belief(
                2 + random.nextInt(4), random.nextInt(3), MemberHealth.values()[random.nextInt(3)], observers);
    }

    @Test
    void whoHeardTheSameBelievesTheSame() {
        Random random = new Random(SEED);
        for (int run = 0; run < 300; run++) {
            List<Belief> beliefs = new ArrayList<>();
            for (int left = 1 + random.nextInt(60); left > 0; left--) {
                beliefs.add(any(random));
            }
            MemberTable one = table();
            beliefs.forEach(belief -> one.hear(belief, 0));
            Collections.shuffle(beliefs, random);
            beliefs.addAll(beliefs.subList(0, beliefs.size() / 2));
            MemberTable other = table();
            beliefs.forEach(belief -> other.hear(belief, 0));

            assertThat(held(other)).as("run %d of seed %d", run, SEED).isEqualTo(held(one));
        }
    }

    @Test
    void whoHeardWhatOthersHoldBelievesWhatTheyBelieve() {
        Random random = new Random(SEED);
        MemberTable one = table();
        MemberTable other = table();
        for (int i = 0; i < 200; i++) {
            (random.nextBoolean() ? one : other).hear(any(random), 0);
        }
        List<Belief> ofOne = held(one);
        held(other).forEach(belief -> one.hear(belief, 0));
        ofOne.forEach(belief -> other.hear(belief, 0));

        assertThat(held(other)).isEqualTo(held(one));
    }

    @Test
    void beliefsOnlyMoveForward() {
        Random random = new Random(SEED);
        MemberTable table = table();
        for (int i = 0; i < 2_000; i++) {
            Belief heard = any(random);
            MemberState state = table.state(heard.member());
            assertThat(state).isNotNull();
            Belief before = state.belief();
            table.hear(heard, 0);

            assertThat(before.isAfter(state.belief())).isFalse();
            assertThat(heard.isAfter(state.belief())).isFalse();
            assertThat(state.belief().observers())
                    .doesNotContain(heard.member())
                    .hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void ofManyObserversTheLeastAreKept() {
        MemberTable table = table();
        for (int observer = MEMBERS; observer > 2; observer--) {
            table.hear(new Belief(2, 0, MemberHealth.DEAD, List.of(observer)), 0);
        }

        assertThat(held(table).get(0).observers()).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void versionCountsWhatOthersCanSee() {
        MemberTable table = table();
        assertThat(table.version()).isEqualTo(1);
        table.watch(table.members(), 0);
        table.hear(new Belief(2, 0, MemberHealth.ALIVE, List.of()), 0);
        table.hear(new Belief(2, 3, MemberHealth.ALIVE, List.of()), 0);
        assertThat(table.version()).isEqualTo(1);
        table.hear(new Belief(2, 3, MemberHealth.SUSPECT, List.of(5)), 0);
        table.hear(new Belief(2, 3, MemberHealth.SUSPECT, List.of(6)), 0);
        assertThat(table.version()).isEqualTo(2);
        Set<Integer> without = new TreeSet<>(table.members());
        without.remove(7);
        table.watch(without, 0);
        assertThat(table.version()).isEqualTo(3);
    }
}
