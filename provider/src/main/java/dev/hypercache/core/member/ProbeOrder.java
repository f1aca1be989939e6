package dev.hypercache.core.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * Whose turn it is: everybody's once, in an order by chance, then everybody's again in another.
 *
 * <p>So who probes P members in a round of N comes to each of them within 2N/P rounds, while no two nodes follow each other
 * for long (SWIM §4.3). Bounded by the members.
 */
final class ProbeOrder {

    private final IntUnaryOperator dice;
    private final List<Integer> order = new ArrayList<>();
    private int next;

    /**
     * @param dice gives a number from 0 to below its argument
     */
    ProbeOrder(IntUnaryOperator dice) {
        this.dice = dice;
    }

    /** Replaces the members; those who are new come in by chance among those whose turn is still to come. */
    void watch(Set<Integer> members) {
        for (int at = order.size() - 1; at >= 0; at--) {
            if (!members.contains(order.get(at))) {
                order.remove(at);
                next -= at < next ? 1 : 0;
            }
        }
        TreeSet<Integer> added = new TreeSet<>(members);
        added.removeAll(Set.copyOf(order));
        for (int member : added) {
            order.add(next + dice.applyAsInt(order.size() - next + 1), member);
        }
    }

    int size() {
        return order.size();
    }

    /**
     * Takes the next one.
     *
     * @throws IndexOutOfBoundsException if there is nobody
     */
    int next() {
        if (next == order.size()) {
            shuffle();
            next = 0;
        }
        return order.get(next++);
    }

    private void shuffle() {
        for (int at = order.size() - 1; at > 0; at--) {
            int other = dice.applyAsInt(at + 1);
            int member = order.get(at);
            order.set(at, order.get(other));
            order.set(other, member);
        }
    }
}
