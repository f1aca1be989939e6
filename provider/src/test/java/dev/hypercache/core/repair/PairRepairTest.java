package dev.hypercache.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.AskPair;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.PairMessage;
import dev.hypercache.core.message.PairRoots;
import dev.hypercache.core.message.PairSame;
import dev.hypercache.core.message.SlotRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When a pair of nodes compares itself, and which slots it looks into. */
final class PairRepairTest {

    private static final int FOLLOWER = 2;
    private static final RepairPace PACE = RepairPace.of(10_000);

    private final Copies leaderCopies = new Copies();
    private final Copies followerCopies = new Copies();
    private final List<Message> sent = new ArrayList<>();
    private final List<RepairEvent> events = new ArrayList<>();
    private final PairRepair leader =
            new PairRepair((to, message) -> sent.add(message), leaderCopies, events::add, PACE);
    private final List<PairMessage> answers = new ArrayList<>();
    private final PairRepair follower =
            new PairRepair((to, message) -> answers.add((PairMessage) message), followerCopies, events::add, PACE);
    private long now;

    /** Slots with a number for what is in them. */
    private static final class Copies implements NodeCopies {
        final Map<Integer, Long> slots = new TreeMap<>();
        final Map<Integer, Long> unordered = new TreeMap<>();
        final List<Integer> compared = new ArrayList<>();
        final List<Integer> comparedUnordered = new ArrayList<>();
        boolean quiet = true;
        long ballot = 5;

        @Override
        public List<LedSlot> led(int member) {
            return followed(member).stream()
                    .map(root -> new LedSlot(root, quiet))
                    .toList();
        }

        @Override
        public List<SlotRoot> followed(int member) {
            List<SlotRoot> roots = new ArrayList<>();
            slots.forEach((slot, sum) -> roots.add(new SlotRoot(slot, ballot, sum, sum)));
            unordered.forEach((slot, sum) -> roots.add(new SlotRoot(slot, SlotRoot.NOBODY, sum, sum)));
            return roots;
        }

        @Override
        public void compare(int slot, int member) {
            compared.add(slot);
        }

        @Override
        public void compareUnordered(int slot, int member) {
            comparedUnordered.add(slot);
        }
    }

    private void fill() {
        for (int slot = 0; slot < 40; slot++) {
            leaderCopies.slots.put(slot, 7L * slot);
            followerCopies.slots.put(slot, 7L * slot);
        }
    }

    /** Lets time pass; every question is answered at once. */
    private void run(long millis) {
        for (long end = now + millis; now < end; now += 10) {
            leader.tick(new int[] {FOLLOWER}, now);
            for (Message message : List.copyOf(sent)) {
                follower.receive(1, (PairMessage) message, now);
            }
            sent.clear();
            for (PairMessage answer : List.copyOf(answers)) {
                leader.receive(FOLLOWER, answer, now);
            }
            answers.clear();
        }
    }

    private long cycles() {
        return events.stream().filter(RepairEvent.CYCLE::equals).count();
    }

    @Test
    void intervalDoublesWhileCleanUpToItsMost() {
        fill();
        run(10_010);
        assertThat(events).containsExactly(RepairEvent.CYCLE, RepairEvent.CLEAN);
        assertThat(leader.intervalMillis()).isEqualTo(20_000);
        run(20_000 + 40_000 + 80_000 + 160_000);
        assertThat(cycles()).isEqualTo(5);
        assertThat(leader.intervalMillis()).isEqualTo(300_000);
        run(600_000);
        assertThat(cycles()).isEqualTo(7);
        assertThat(leader.intervalMillis()).isEqualTo(300_000);
    }

    @Test
    void twoRootsOfASlotAreComparedEachForItself() {
        fill();
        leaderCopies.unordered.put(3, 9L);
        followerCopies.unordered.put(3, 8L);
        run(40_000);

        assertThat(leaderCopies.comparedUnordered).contains(3);
        assertThat(leaderCopies.compared).isEmpty();
    }

    @Test
    void slotThatDiffersIsComparedAndTheIntervalIsShortAgain() {
        fill();
        run(40_000);
        followerCopies.slots.put(3, -1L);
        run(40_000);

        assertThat(leaderCopies.compared).contains(3).doesNotContain(4);
        assertThat(leader.intervalMillis()).isEqualTo(10_000);
    }

    @Test
    void slotThatIsBeingWrittenIsComparedWhenItIsSeenTwice() {
        fill();
        leaderCopies.quiet = false;
        followerCopies.slots.put(3, -1L);
        run(10_100);
        assertThat(cycles()).isEqualTo(1);
        assertThat(leaderCopies.compared).isEmpty();
        run(PairRepair.YOUNG_MILLIS);

        assertThat(cycles()).isEqualTo(2);
        assertThat(leaderCopies.compared).containsExactly(3);
    }

    @Test
    void writeUnderWayIsForgottenWhenItHasArrived() {
        fill();
        leaderCopies.quiet = false;
        followerCopies.slots.put(3, -1L);
        run(10_100);
        followerCopies.slots.put(3, 21L);
        run(5_000);

        assertThat(leaderCopies.compared).isEmpty();
        assertThat(events).doesNotContain(RepairEvent.DIFFERED).contains(RepairEvent.CLEAN);
    }

    @Test
    void slotsThatAreNotFollowedByBothAreLeftAlone() {
        fill();
        followerCopies.slots.remove(9);
        run(10_100);

        assertThat(leaderCopies.compared).isEmpty();
        assertThat(events).doesNotContain(RepairEvent.CLEAN);
        assertThat(leader.intervalMillis()).isEqualTo(10_000);
    }

    @Test
    void whoFollowsNobodyIsNotAsked() {
        run(60_000);

        assertThat(events).isEmpty();
    }

    @Test
    void changeBringsTheNextComparisonForward() {
        fill();
        run(400_000);
        long before = cycles();
        leader.reset(now);
        run(10_010);

        assertThat(cycles()).isEqualTo(before + 1);
    }

    @Test
    void silenceIsNoCleanCycle() {
        fill();
        for (; now < 40_000; now += 10) {
            leader.tick(new int[] {FOLLOWER}, now);
        }
        assertThat(events).contains(RepairEvent.UNANSWERED).doesNotContain(RepairEvent.CLEAN);
        assertThat(leader.intervalMillis()).isEqualTo(10_000);
    }

    @Test
    void answerToAnEarlierQuestionDoesNotCount() {
        fill();
        run(10_010);
        leader.reset(now);
        for (long end = now + 10_010; now < end; now += 10) {
            leader.tick(new int[] {FOLLOWER}, now);
        }
        assertThat(sent).hasSize(1).first().isInstanceOf(AskPair.class);
        leader.receive(FOLLOWER, new PairSame(((AskPair) sent.get(0)).cycle() - 1), now);
        leader.receive(FOLLOWER, new PairRoots(1, List.of()), now);

        assertThat(events).containsOnlyOnce(RepairEvent.CLEAN);
    }

    @Test
    void digestsOfUnlikeSlotsDiffer() {
        SlotRoot one = new SlotRoot(1, 5, 10, 20);
        SlotRoot other = new SlotRoot(2, 5, 10, 20);
        assertThat(List.of(
                        PairDigest.of(List.of()),
                        PairDigest.of(List.of(one)),
                        PairDigest.of(List.of(other)),
                        PairDigest.of(List.of(one, other)),
                        PairDigest.of(List.of(new SlotRoot(1, 6, 10, 20))),
                        PairDigest.of(List.of(new SlotRoot(1, 5, 11, 20))),
                        PairDigest.of(List.of(new SlotRoot(1, 5, 10, 21)))))
                .doesNotHaveDuplicates();
    }
}
