package dev.hypercache.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose turn it is to be probed. */
final class ProbeOrderTest {

    private static final long SEED = Long.getLong("hypercache.sim.seed", 4711L);

    private static Set<Integer> members(int count) {
        return IntStream.rangeClosed(1, count).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everybodyHasATurnBeforeAnybodyHasAnother() {
        ProbeOrder order = new ProbeOrder(new Random(SEED)::nextInt);
        order.watch(members(13));
        List<List<Integer>> cycles = new ArrayList<>();
        for (int cycle = 0; cycle < 50; cycle++) {
            List<Integer> turns = new ArrayList<>();
            for (int turn = 0; turn < 13; turn++) {
                turns.add(order.next());
            }
            assertThat(turns).containsExactlyInAnyOrderElementsOf(members(13));
            cycles.add(turns);
        }
        assertThat(cycles).doesNotHaveDuplicates();
    }

    @Test
    void nobodyWaitsForMoreThanTwoCyclesWhoeverComesAndGoes() {
        Random random = new Random(SEED);
        ProbeOrder order = new ProbeOrder(random::nextInt);
        Set<Integer> members = members(20);
        order.watch(members);
        Map<Integer, Integer> waited = new HashMap<>();
        int next = 21;
        for (int turn = 0; turn < 5_000; turn++) {
            if (random.nextInt(10) == 0) {
                members.remove(members.iterator().next());
                members.add(next++);
                order.watch(members);
                waited.keySet().retainAll(members);
            }
            int probed = order.next();
            assertThat(members).contains(probed);
            members.forEach(member -> waited.merge(member, 1, Integer::sum));
            waited.put(probed, 0);
            assertThat(waited.values()).allMatch(turns -> turns <= 2 * 20 + 10);
        }
        assertThat(order.size()).isEqualTo(20);
    }
}
