package dev.hypercache.core.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hand-overs between candidates 0, 1, 2 and 3, of whom 0 has one too few and 3 one too many. */
final class LevellingTest {

    private final List<String> handOvers = new ArrayList<>();

    @Test
    void takerTakesFromASurplusIfItMay() {
        level(Set.of("slot 0: 1 to 0", "slot 1: 3 to 1", "slot 2: 3 to 0"));

        assertThat(handOvers).containsExactly("slot 2: 3 to 0");
    }

    @Test
    void otherwiseTheShortestChainIsTaken() {
        level(Set.of("slot 0: 1 to 0", "slot 1: 2 to 1", "slot 2: 3 to 2", "slot 3: 3 to 1"));

        assertThat(handOvers).containsExactlyInAnyOrder("slot 0: 1 to 0", "slot 3: 3 to 1");
    }

    @Test
    void chainHasEachSlotOnce() {
        level(Set.of("slot 0: 1 to 0", "slot 1: 2 to 1", "slot 0: 3 to 2"));

        assertThat(handOvers).isEmpty();
    }

    @Test
    void takerWithoutAChainStaysShort() {
        level(Set.of("slot 0: 1 to 0", "slot 1: 3 to 2"));

        assertThat(handOvers).isEmpty();
    }

    private void level(Set<String> allowed) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            candidates.add(new Candidate(i + 1, 100, ""));
        }
        new Levelling(new Allowed(allowed), candidates).run();
    }

    private final class Allowed implements Exchange {

        private final Set<String> allowed;
        private final int[] surplus = {-1, 0, 0, 1};

        Allowed(Set<String> allowed) {
            this.allowed = allowed;
        }

        @Override
        public int slots() {
            return 4;
        }

        @Override
        public int[] givers(int slot) {
            return new int[] {0, 1, 2, 3};
        }

        @Override
        public boolean mayTake(int slot, int giver, int taker) {
            return allowed.contains(text(slot, giver, taker));
        }

        @Override
        public void take(int slot, int giver, int taker) {
            handOvers.add(text(slot, giver, taker));
            surplus[giver]--;
            surplus[taker]++;
        }

        @Override
        public boolean isPreferred(int slot, int taker) {
            return false;
        }

        @Override
        public int surplus(int candidate) {
            return surplus[candidate];
        }

        private String text(int slot, int giver, int taker) {
            return "slot " + slot + ": " + giver + " to " + taker;
        }
    }
}
