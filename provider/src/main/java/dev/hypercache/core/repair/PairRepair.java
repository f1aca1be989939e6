package dev.hypercache.core.repair;

import dev.hypercache.core.message.AskPair;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.PairMessage;
import dev.hypercache.core.message.PairRoots;
import dev.hypercache.core.message.PairSame;
import dev.hypercache.core.message.SlotRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One node's comparisons with each other: as the leader of some slots it asks a follower whether it holds the same in all of
 * them, by one digest of 128 bits.
 *
 * <p>If so that is all: a clean cycle costs 32 bytes of messages for a pair, however many slots and entries there are. Else
 * the follower answers with the root of each slot, and the leader of a slot whose roots differ goes on by itself. Roots of a
 * slot that is being written differ all the time, so a difference counts only if the slot was quiet for {@link #YOUNG_MILLIS},
 * or if it is seen again that much later.
 *
 * <p>The pause between cycles doubles while they are clean, and is short again after a difference, a change of the members or a
 * new leadership. A follower keeps nothing between two questions. Confined: whoever drives it does so from one thread, with no
 * slot guarded.
 */
public final class PairRepair {

    /** The age below which a difference may be a write under way. */
    public static final long YOUNG_MILLIS = 2_000;

    /** The most slots whose comparison begins in one tick; the others wait in order. */
    static final int COMPARISONS_PER_TICK_MAX = 16;

    private final Outbox out;
    private final NodeCopies copies;
    private final RepairObserver observer;
    private final RepairPace pace;
    /** One for each member that can be reached: who comes back begins anew. */
    private final Map<Integer, Pair> pairs = new TreeMap<>();

    private long cycles;

    /** This node as a leader, and one follower. */
    private static final class Pair {
        final SyncSchedule schedule;
        /** Roots that differed, by their place, and since when; bounded by the slots of the ring. */
        final Map<Integer, Long> seen = new TreeMap<>();
        /** Places to be compared; bounded by the slots of the ring. */
        final TreeSet<Integer> waiting = new TreeSet<>();

        long cycle;
        boolean open;
        boolean leads;

        Pair(SyncSchedule schedule) {
            this.schedule = schedule;
        }
    }

    public PairRepair(Outbox out, NodeCopies copies, RepairObserver observer, RepairPace pace) {
        this.out = out;
        this.copies = copies;
        this.observer = observer;
        this.pace = pace;
    }

    /** Members came or went, or this node leads other slots than before. */
    public void reset(long now) {
        pairs.values().forEach(pair -> pair.schedule.reset(now));
    }

    /**
     * Does what is due.
     *
     * @param reachable the other members that can be reached
     */
    public void tick(int[] reachable, long now) {
        pairs.keySet().removeIf(member -> Arrays.stream(reachable).noneMatch(one -> one == member));
        int room = COMPARISONS_PER_TICK_MAX;
        for (int member : reachable) {
            Pair pair = pairs.computeIfAbsent(member, unused -> new Pair(new SyncSchedule(pace, now)));
            for (; room > 0 && !pair.waiting.isEmpty(); room--) {
                compare(pair.waiting.pollFirst(), member);
            }
            if (pair.schedule.isDue(now)) {
                ask(member, pair, now);
            }
        }
    }

    /** Where a root belongs: the two of a slot have different places. */
    private static int placeOf(SlotRoot root) {
        return root.isOrdered() ? root.slot() : ~root.slot();
    }

    private void compare(int place, int member) {
        if (place >= 0) {
            copies.compare(place, member);
        } else {
            copies.compareUnordered(~place, member);
        }
    }

    private void ask(int member, Pair pair, long now) {
        if (pair.open) {
            observer.happened(RepairEvent.UNANSWERED);
        }
        List<SlotRoot> roots = rootsOf(copies.led(member));
        pair.schedule.again(now);
        pair.leads = !roots.isEmpty();
        pair.open = pair.leads;
        if (pair.leads) {
            observer.happened(RepairEvent.CYCLE);
            PairDigest digest = PairDigest.of(roots);
            pair.cycle = ++cycles;
            out.send(member, new AskPair(pair.cycle, digest.sum(), digest.mix()));
        }
    }

    private static List<SlotRoot> rootsOf(List<LedSlot> led) {
        List<SlotRoot> roots = new ArrayList<>(led.size());
        led.forEach(slot -> roots.add(slot.root()));
        return roots;
    }

    /** Another member asks or answers. */
    public void receive(int from, PairMessage message, long now) {
        if (message instanceof AskPair ask) {
            answer(from, ask);
            return;
        }
        Pair pair = pairs.get(from);
        if (pair == null || !pair.open) {
            return;
        }
        if (message instanceof PairSame same && same.cycle() == pair.cycle) {
            pair.open = false;
            pair.seen.clear();
            pair.schedule.clean(now);
            observer.happened(RepairEvent.CLEAN);
        } else if (message instanceof PairRoots roots && roots.cycle() == pair.cycle) {
            pair.open = false;
            compare(from, pair, roots, now);
        }
    }

    private void answer(int from, AskPair ask) {
        List<SlotRoot> roots = copies.followed(from);
        boolean isSame = PairDigest.of(roots).equals(new PairDigest(ask.sum(), ask.mix()));
        out.send(from, isSame ? new PairSame(ask.cycle()) : new PairRoots(ask.cycle(), List.copyOf(roots)));
    }

    private void compare(int member, Pair pair, PairRoots theirs, long now) {
        Map<Integer, SlotRoot> byPlace = new HashMap<>();
        theirs.roots().forEach(root -> byPlace.put(placeOf(root), root));
        boolean isFound = false;
        for (LedSlot mine : copies.led(member)) {
            int place = placeOf(mine.root());
            SlotRoot root = byPlace.get(place);
            if (root == null || root.ballot() != mine.root().ballot() || root.equals(mine.root())) {
                pair.seen.remove(place); // Who does not follow yet is the takeover's business.
            } else if (counts(pair, place, mine.quiet(), now)) {
                observer.happened(RepairEvent.DIFFERED);
                pair.seen.remove(place);
                pair.waiting.add(place);
                isFound = true;
            }
        }
        if (isFound) {
            pair.schedule.reset(now);
        }
        if (!pair.seen.isEmpty()) {
            pair.schedule.dueBy(now + YOUNG_MILLIS);
        }
    }

    private static boolean counts(Pair pair, int place, boolean isQuiet, long now) {
        Long first = pair.seen.putIfAbsent(place, now);
        return isQuiet || first != null && now - first >= YOUNG_MILLIS;
    }

    /** The shortest pause between two comparisons that a follower of this node has; the least one if there is none. */
    public long intervalMillis() {
        return pairs.values().stream()
                .filter(pair -> pair.leads)
                .mapToLong(pair -> pair.schedule.intervalMillis())
                .min()
                .orElse(pace.intervalMillis());
    }
}
