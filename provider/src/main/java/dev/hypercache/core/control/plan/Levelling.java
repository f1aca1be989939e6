package dev.hypercache.core.control.plan;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hands slots from candidates with too much to candidates with too little, until all have their share.
 *
 * <p>As long as a taker finds a giver with a surplus, each step is one that any plan must take, so the number of steps is
 * the least possible. Where the rules of placement leave no such giver, the taker takes from somebody who then takes from
 * another, along the shortest such chain. A taker for whom there is no chain stays short. Ties are broken by a hash of slot
 * and candidate, which spreads the slots of one candidate over many partners.
 */
final class Levelling {

    private static final int NOBODY = -1;

    private final Exchange exchange;
    private final List<Candidate> candidates;
    private final boolean[] stuck;
    /** Of each taker the slots in the order in which they suit it, made when it takes for the first time. */
    private final int[][] orders;
    /** Of each taker the slots that nobody may give it, as it has them already or by the rules; until they change hands. */
    private final BitSet[] closed;

    Levelling(Exchange exchange, List<Candidate> candidates) {
        this.exchange = exchange;
        this.candidates = candidates;
        this.stuck = new boolean[candidates.size()];
        this.orders = new int[candidates.size()][];
        this.closed = new BitSet[candidates.size()];
        Arrays.setAll(closed, unused -> new BitSet());
    }

    void run() {
        int taker;
        while ((taker = neediest()) != NOBODY) {
            if (!takeFromSurplus(taker) && !takeAlongChain(taker)) {
                stuck[taker] = true;
            }
        }
    }

    /** A number for a slot and a candidate that looks drawn at random, the same on every member. */
    static long mix(int slot, Candidate candidate) {
        long z = ((long) slot << 12 | candidate.shortId()) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private int neediest() {
        int neediest = NOBODY;
        int least = 0;
        for (int i = 0; i < stuck.length; i++) {
            int surplus = exchange.surplus(i);
            if (!stuck[i] && surplus < least) {
                neediest = i;
                least = surplus;
            }
        }
        return neediest;
    }

    /**
     * The best offer of all: most often it is the first slot of the taker's order that somebody with the largest surplus may give,
     * for behind it are only slots that suit the taker less.
     */
    private boolean takeFromSurplus(int taker) {
        int largest = largestSurplus();
        Offer best = null;
        for (int slot : orderOf(taker)) {
            if (closed[taker].get(slot)) {
                continue;
            }
            if (best != null && best.preferred && !exchange.isPreferred(slot, taker)) {
                break;
            }
            best = bestOf(slot, taker, best);
            if (best != null && best.slot == slot && best.surplus == largest) {
                break;
            }
        }
        if (best == null) {
            return false;
        }
        take(best.slot, best.giver, taker);
        return true;
    }

    private void take(int slot, int giver, int taker) {
        exchange.take(slot, giver, taker);
        for (BitSet each : closed) {
            each.clear(slot);
        }
    }

    private @Nullable Offer bestOf(int slot, int taker, @Nullable Offer before) {
        Offer best = before;
        boolean isOpen = false;
        for (int giver : exchange.givers(slot)) {
            if (exchange.mayTake(slot, giver, taker)) {
                isOpen = true;
                int surplus = exchange.surplus(giver);
                best = surplus > 0 ? better(best, offer(slot, giver, taker, surplus)) : best;
            }
        }
        closed[taker].set(slot, !isOpen);
        return best;
    }

    private int largestSurplus() {
        int largest = 0;
        for (int i = 0; i < stuck.length; i++) {
            largest = Math.max(largest, exchange.surplus(i));
        }
        return largest;
    }

    /** Preferred slots first, and then by the hash; neither changes while candidates level out. */
    private int[] orderOf(int taker) {
        int[] order = orders[taker];
        if (order == null) {
            Candidate candidate = candidates.get(taker);
            order = IntStream.range(0, exchange.slots())
                    .boxed()
                    .sorted(Comparator.<Integer, Boolean>comparing(slot -> !exchange.isPreferred(slot, taker))
                            .thenComparing(Comparator.<Integer>comparingLong(slot -> mix(slot, candidate))
                                    .reversed()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            orders[taker] = order;
        }
        return order;
    }

    private Offer offer(int slot, int giver, int taker, int surplus) {
        return new Offer(slot, giver, exchange.isPreferred(slot, taker), surplus, mix(slot, candidates.get(taker)));
    }

    private static Offer better(@Nullable Offer best, Offer other) {
        if (best == null) {
            return other;
        }
        if (best.preferred != other.preferred) {
            return best.preferred ? best : other;
        }
        if (best.surplus != other.surplus) {
            return best.surplus > other.surplus ? best : other;
        }
        // Of the givers of one slot the last is taken: the first leads it.
        return best.mix > other.mix ? best : other;
    }

    /** Searches givers breadth first: those of the taker, those of its givers, and so on. */
    private boolean takeAlongChain(int taker) {
        int[] takerFrom = new int[stuck.length];
        int[] slotFrom = new int[stuck.length];
        Arrays.fill(takerFrom, NOBODY);
        takerFrom[taker] = taker;
        Deque<Integer> reached = new ArrayDeque<>(List.of(taker));
        while (!reached.isEmpty()) {
            int end = extend(reached.remove(), taker, takerFrom, slotFrom, reached);
            if (end != NOBODY) {
                takeBackwards(end, taker, takerFrom, slotFrom);
                return true;
            }
        }
        return false;
    }

    /** Reaches everybody from whom {@code from} may take; returns the first with a surplus. */
    private int extend(int from, int taker, int[] takerFrom, int[] slotFrom, Deque<Integer> reached) {
        for (int slot = 0; slot < exchange.slots(); slot++) {
            if (isInChain(slot, from, taker, takerFrom, slotFrom)) {
                continue;
            }
            for (int giver : exchange.givers(slot)) {
                if (takerFrom[giver] != NOBODY || !exchange.mayTake(slot, giver, from)) {
                    continue;
                }
                takerFrom[giver] = from;
                slotFrom[giver] = slot;
                if (exchange.surplus(giver) > 0) {
                    return giver;
                }
                reached.add(giver);
            }
        }
        return NOBODY;
    }

    /** One hand-over can make another in the same slot illegal, so a chain has each slot once. */
    private static boolean isInChain(int slot, int end, int taker, int[] takerFrom, int[] slotFrom) {
        for (int at = end; at != taker; at = takerFrom[at]) {
            if (slotFrom[at] == slot) {
                return true;
            }
        }
        return false;
    }

    private void takeBackwards(int end, int taker, int[] takerFrom, int[] slotFrom) {
        for (int giver = end; giver != taker; giver = takerFrom[giver]) {
            take(slotFrom[giver], giver, takerFrom[giver]);
        }
    }

    /** A hand-over that brings the taker nearer to its share. */
    private record Offer(int slot, int giver, boolean preferred, int surplus, long mix) {}
}
