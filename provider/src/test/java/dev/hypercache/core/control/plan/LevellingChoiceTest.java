package dev.hypercache.core.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each hand-over from a surplus is the one that a look at every slot finds. */
final class LevellingChoiceTest {

    private static final int SLOTS = 60;
    private static final int CANDIDATES = 6;

    @Test
    void everyHandOverIsTheBestOfAll() {
        int checked = 0;
        for (long seed = 1; seed <= 400; seed++) {
            Drawn drawn = new Drawn(seed);
            new Levelling(drawn, drawn.candidates).run();
            checked += drawn.checked;
        }
        assertThat(checked).isGreaterThan(1_000);
    }

    private record Choice(int slot, int giver, boolean preferred, int surplus, long mix) {}

    /** Surpluses, rules and preferences as a seed draws them. */
    private static final class Drawn implements Exchange {

        private final List<Candidate> candidates = new ArrayList<>();
        private final int[] surplus = new int[CANDIDATES];
        private final int[][] givers = new int[SLOTS][];
        private final boolean[][][] allowed = new boolean[SLOTS][CANDIDATES][CANDIDATES];
        private final boolean[][] preferred = new boolean[SLOTS][CANDIDATES];
        private int checked;

        Drawn(long seed) {
            SplittableRandom dice = new SplittableRandom(seed);
            for (int i = 0; i < CANDIDATES; i++) {
                candidates.add(new Candidate(i + 1, 100, ""));
            }
            for (int moved = dice.nextInt(1, 20); moved > 0; moved--) {
                surplus[dice.nextInt(CANDIDATES)]++;
                surplus[dice.nextInt(CANDIDATES)]--;
            }
            int oneIn = dice.nextInt(1, 5);
            int preferredOneIn = dice.nextInt(1, 40);
            for (int slot = 0; slot < SLOTS; slot++) {
                int first = dice.nextInt(CANDIDATES);
                givers[slot] =
                        IntStream.range(0, 3).map(i -> (first + i) % CANDIDATES).toArray();
                for (int taker = 0; taker < CANDIDATES; taker++) {
                    preferred[slot][taker] = dice.nextInt(preferredOneIn) == 0;
                    for (int giver = 0; giver < CANDIDATES; giver++) {
                        allowed[slot][giver][taker] = giver != taker && dice.nextInt(oneIn) == 0;
                    }
                }
            }
        }

        @Override
        public int slots() {
            return SLOTS;
        }

        @Override
        public int[] givers(int slot) {
            return givers[slot];
        }

        @Override
        public boolean mayTake(int slot, int giver, int taker) {
            return allowed[slot][giver][taker];
        }

        @Override
        public boolean isPreferred(int slot, int taker) {
            return preferred[slot][taker];
        }

        @Override
        public int surplus(int candidate) {
            return surplus[candidate];
        }

        @Override
        public void take(int slot, int giver, int taker) {
            Optional<Choice> best = best(taker);
            boolean isOfChain = surplus[taker] >= 0 || best.isEmpty();
            if (!isOfChain) {
                checked++;
                assertThat(best.get().slot()).isEqualTo(slot);
                assertThat(best.get().giver()).isEqualTo(giver);
            }
            surplus[giver]--;
            surplus[taker]++;
        }

        /** As the rule says: preferred, then of the largest surplus, then by the hash; of the givers of one slot the last. */
        private Optional<Choice> best(int taker) {
            List<Choice> choices = new ArrayList<>();
            for (int slot = 0; slot < SLOTS; slot++) {
                for (int giver : givers[slot]) {
                    if (surplus[giver] > 0 && allowed[slot][giver][taker]) {
                        long mix = Levelling.mix(slot, candidates.get(taker));
                        choices.add(new Choice(slot, giver, preferred[slot][taker], surplus[giver], mix));
                    }
                }
            }
            return choices.stream()
                    .reduce((best, other) -> Comparator.comparing(Choice::preferred)
                                            .thenComparing(Choice::surplus)
                                            .thenComparing(Choice::mix)
                                            .compare(best, other)
                                    > 0
                            ? best
                            : other);
        }
    }
}
