package dev.hypercache.core.hint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hints stay within their limits, and none is lost without being counted. */
final class HintSetTest {

    private static final int PEER = 2;

    private static HintLimits limits(long perNode, long total, long bytes) {
        return new HintLimits(true, 1_000, 200, perNode, total, bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsQueuedIsReplayedExpiredDroppedOrPending(long seed) {
        Random random = new Random(seed);
        HintLimits limits = limits(1 + random.nextInt(20), 1 + random.nextInt(30), 200 + random.nextInt(4_000));
        HintLedger ledger = new HintLedger(limits);
        List<HintSet<Long>> sets = new ArrayList<>();
        for (int slot = 0; slot < 4; slot++) {
            sets.add(new HintSet<>(slot % 2, ledger, true));
        }
        long version = 0;
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            HintSet<Long> set = sets.get(random.nextInt(sets.size()));
            String name = "k" + random.nextInt(12);
            switch (random.nextInt(6)) {
                case 0:
                case 1:
                    set.add(name, ++version, version, name.length(), now);
                    break;
                case 2:
                    long held = Math.max(0, version - random.nextInt(10));
                    set.holds(name, held, held + 1);
                    break;
                case 3:
                    set.due(1 + random.nextInt(4), unused -> 1_000, Room.FREE, now);
                    break;
                case 4:
                    now += random.nextInt(100);
                    set.expire(now);
                    break;
                default:
                    set.update(name, ++version);
            }
            HintCounts counts = ledger.counts();
            assertThat(counts.isConserved())
                    .as("seed %s, step %s: %s", seed, step, counts)
                    .isTrue();
            assertThat(counts.pending()).isLessThanOrEqualTo(limits.totalMax());
            assertThat(ledger.pending(0)).isLessThanOrEqualTo(limits.perNodeMax());
            assertThat(ledger.counts().bytes()).isLessThanOrEqualTo(limits.bytesMax());
            assertThat(ledger.counts().pending())
                    .isEqualTo(sets.stream().mapToLong(HintSet::size).sum());
        }
        sets.forEach(HintSet::forget);
        assertThat(ledger.counts().pending() + ledger.counts().bytes() + ledger.underWay(0) + ledger.underWay(1))
                .as("after everything is forgotten")
                .isZero();
        assertThat(ledger.counts().expired()).isPositive();
        assertThat(ledger.counts().replayed()).isPositive();
        assertThat(ledger.counts().dropped()).isPositive();
    }

    @Test
    void rewritesOfOneNameAreOneHint() {
        HintLedger ledger = new HintLedger(limits(10, 10, 10_000));
        HintSet<Long> set = new HintSet<>(PEER, ledger, true);
        set.add("k", 5L, 7L, 1, 0);
        for (long version = 8; version < 100; version++) {
            assertThat(set.update("k", version)).isTrue();
        }

        assertThat(ledger.counts().queued()).isEqualTo(1);
        assertThat(set.lowest()).as("the first version that is missing").isEqualTo(5);

        set.holds("k", 50L, 51L);

        assertThat(set.size()).isEqualTo(1);
        assertThat(set.lowest()).isEqualTo(51);

        set.holds("k", 99L, 100L);

        assertThat(set.isEmpty()).isTrue();
        assertThat(ledger.counts().replayed()).isEqualTo(1);
    }

    @Test
    void limitForgetsAllAndCountsThem() {
        HintLedger ledger = new HintLedger(limits(3, 10, 10_000));
        HintSet<Long> set = new HintSet<>(PEER, ledger, true);
        for (long version = 1; version <= 3; version++) {
            assertThat(set.add("k" + version, version, version, 1, 0)).isTrue();
        }

        assertThat(set.add("k4", 4L, 4L, 1, 0)).isFalse();

        assertThat(set.isEmpty()).isTrue();
        assertThat(ledger.counts().dropped()).isEqualTo(4);
        assertThat(ledger.pending(PEER)).isZero();
    }

    @Test
    void nothingIsKeptWhenSwitchedOff() {
        HintLedger ledger = new HintLedger(new HintLimits(false, 1_000, 200, 10, 10, 10_000));
        HintSet<Long> set = new HintSet<>(PEER, ledger, true);

        assertThat(set.add("k", 1L, 1L, 1, 0)).isFalse();

        assertThat(ledger.counts().queued()).isZero();
    }

    @Test
    void whatAComparisonFoundKnowsNoLimit() {
        HintLedger ledger = new HintLedger(limits(1, 1, 1));
        HintSet<Long> set = new HintSet<>(PEER, ledger, false);
        for (long version = 1; version <= 1_000; version++) {
            assertThat(set.add("k" + version, version, version, 1, 0)).isTrue();
        }

        assertThat(set.size()).isEqualTo(1_000);
        assertThat(ledger.counts().queued()).isZero();
    }

    @Test
    void drainsAsFastAsAnswersCome() {
        HintLedger ledger = new HintLedger(limits(10_000, 10_000, 10_000_000));
        HintSet<Long> set = new HintSet<>(PEER, ledger, true);
        Map<Object, Long> versions = new HashMap<>();
        for (long version = 1; version <= 5_000; version++) {
            set.add("k" + version, version, version, 1, 0);
            versions.put("k" + version, version);
        }
        TreeMap<Integer, Integer> rounds = new TreeMap<>();
        for (int round = 1; !set.isEmpty(); round++) {
            List<Object> due = set.due(Integer.MAX_VALUE, unused -> 1_000, Room.FREE, round);
            rounds.put(round, due.size());
            due.forEach(name -> set.holds(name, versions.get(name), versions.get(name) + 1));
        }

        assertThat(rounds.get(1)).isEqualTo(65);
        assertThat(rounds.get(4)).as("the window doubles").isGreaterThan(500);
        assertThat(rounds.values()).allMatch(sent -> sent <= DrainWindow.BYTES_MAX / 1_000);
    }

    @Test
    void silentNodeIsAskedWithLittle() {
        HintLedger ledger = new HintLedger(limits(10_000, 10_000, 10_000_000));
        HintSet<Long> set = new HintSet<>(PEER, ledger, true);
        for (long version = 1; version <= 5_000; version++) {
            set.add("k" + version, version, version, 1, 0);
        }
        set.due(1_000, unused -> 1_000, Room.FREE, 0);
        int sent = 0;
        for (long now = 200; now <= 900; now += 200) {
            sent = set.due(1_000, unused -> 1_000, Room.FREE, now).size();
        }

        assertThat(sent).isEqualTo(16);
        assertThat(set.size()).isEqualTo(5_000);
    }
}
