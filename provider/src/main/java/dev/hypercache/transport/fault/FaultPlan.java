package dev.hypercache.transport.fault;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which faults a network has, and the seed that decides whom they meet.
 *
 * <pre>{@code
 * FaultPlan plan = FaultPlan.seeded(42)
 *         .everywhere(LinkFaults.NONE.delaying(new Delay(ofMillis(1), ofMillis(3), ofMillis(100))))
 *         .link("n1", "n2", LinkFaults.NONE.dropping(0.1))
 *         .cut("n3", "n1")
 *         .build();
 * }</pre>
 *
 * <p>Nodes go by their names, without incarnation. Each direction between two nodes has its own sequence of decisions, one
 * for each message in the order in which messages come, apart for replies: the same seed and the same order give the same
 * faults, whatever happens on other links and whatever rules were in force before.
 *
 * <p>Immutable. {@link Faults} puts a plan in force and changes it while nodes run.
 */
public final class FaultPlan {

    private final long seed;
    private final LinkFaults everywhere;
    private final Map<Direction, LinkFaults> links;
    private final Set<Direction> cuts;
    private final Set<String> isolated;

    private FaultPlan(Builder builder) {
        seed = builder.seed;
        everywhere = builder.everywhere;
        links = Map.copyOf(builder.links);
        cuts = Set.copyOf(builder.cuts);
        isolated = Set.copyOf(builder.isolated);
    }

    /**
     * Begins a plan without faults.
     *
     * @param seed what decides, among equal rules, which messages they meet
     * @return a builder
     */
    public static Builder seeded(long seed) {
        return new Builder(seed);
    }

    /**
     * Begins another plan from this one.
     *
     * @return a builder with the seed and the rules of this plan
     */
    public Builder toBuilder() {
        Builder builder = new Builder(seed);
        builder.everywhere = everywhere;
        builder.links.putAll(links);
        builder.cuts.addAll(cuts);
        builder.isolated.addAll(isolated);
        return builder;
    }

    /**
     * Returns the seed.
     *
     * @return any number; report it when a test fails
     */
    public long seed() {
        return seed;
    }

    /**
     * Finds the faults of one direction.
     *
     * @param from who sends
     * @param to who receives
     * @return the direction's own faults, or those that hold everywhere
     */
    public LinkFaults between(String from, String to) {
        return between(new Direction(from, to));
    }

    LinkFaults between(Direction direction) {
        return links.getOrDefault(direction, everywhere);
    }

    /**
     * Tells whether nothing at all gets through in one direction.
     *
     * @param from who sends
     * @param to who receives
     * @return true if it is cut, or if either node is isolated from the other
     */
    public boolean isCut(String from, String to) {
        return isCut(new Direction(from, to));
    }

    boolean isCut(Direction direction) {
        if (cuts.contains(direction)) {
            return true;
        }
        boolean same = direction.from().equals(direction.to());
        return !same && (isolated.contains(direction.from()) || isolated.contains(direction.to()));
    }

    /** Collects the rules of a {@link FaultPlan}. For one thread. */
    public static final class Builder {

        private final long seed;
        private LinkFaults everywhere = LinkFaults.NONE;
        private final Map<Direction, LinkFaults> links = new HashMap<>();
        private final Set<Direction> cuts = new HashSet<>();
        private final Set<String> isolated = new HashSet<>();

        private Builder(long seed) {
            this.seed = seed;
        }

        /**
         * Sets the faults of all directions that have none of their own.
         *
         * @param faults what happens there
         * @return this builder
         */
        public Builder everywhere(LinkFaults faults) {
            everywhere = Objects.requireNonNull(faults, "faults");
            return this;
        }

        /**
         * Sets the faults of one direction.
         *
         * @param from who sends
         * @param to who receives
         * @param faults what happens to the messages between them
         * @return this builder
         */
        public Builder link(String from, String to, LinkFaults faults) {
            links.put(new Direction(from, to), Objects.requireNonNull(faults, "faults"));
            return this;
        }

        /**
         * Lets nothing through in one direction; the other one stays as it is.
         *
         * @param from who sends
         * @param to who receives nothing
         * @return this builder
         */
        public Builder cut(String from, String to) {
            cuts.add(new Direction(from, to));
            return this;
        }

        /**
         * Lets nothing through between two sets of nodes, in either direction. For more than two parts call it for each two.
         *
         * @param one the nodes on one side
         * @param other the nodes on the other side
         * @return this builder
         */
        public Builder partition(Set<String> one, Set<String> other) {
            for (String left : one) {
                for (String right : other) {
                    cut(left, right);
                    cut(right, left);
                }
            }
            return this;
        }

        /**
         * Lets nothing through between a node and all others.
         *
         * @param node who is alone
         * @return this builder
         */
        public Builder isolate(String node) {
            isolated.add(Objects.requireNonNull(node, "node"));
            return this;
        }

        /**
         * Takes back one cut.
         *
         * @param from who sends
         * @param to who receives again
         * @return this builder
         */
        public Builder mend(String from, String to) {
            cuts.remove(new Direction(from, to));
            return this;
        }

        /**
         * Takes back all cuts, partitions and isolations.
         *
         * @return this builder
         */
        public Builder heal() {
            cuts.clear();
            isolated.clear();
            return this;
        }

        /**
         * Ends the plan.
         *
         * @return the plan
         */
        public FaultPlan build() {
            return new FaultPlan(this);
        }
    }
}
