package dev.hypercache.transport.fault;

import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The faults in force in one network, shared by the transports of its nodes, changeable while they run.
 *
 * <pre>{@code
 * Faults faults = Faults.of(FaultPlan.seeded(42).everywhere(LinkFaults.NONE.dropping(0.01)).build());
 * TransportFactory transports = faults.around(new LocalNetwork());
 * // ... start the nodes n1, n2 and n3 on these transports, then:
 * faults.cut("n1", "n2");                          // n1 can hear n2, but not answer
 * faults.partition(Set.of("n1"), Set.of("n2", "n3"));
 * faults.heal();                                   // cuts are gone, 1 % of messages is still lost
 * faults.calm();                                   // no faults from here on
 * }</pre>
 *
 * <p>For what a fault does to a call see {@link FaultyTransport}. Threads may share it.
 */
public final class Faults {

    private final long seed;
    /** Grows by ordered pairs of node names. */
    private final Map<Direction, FaultDice> requestDice = new ConcurrentHashMap<>();

    private final Map<Direction, FaultDice> replyDice = new ConcurrentHashMap<>();
    private volatile FaultPlan plan;

    private Faults(FaultPlan plan) {
        this.plan = plan;
        this.seed = plan.seed();
    }

    /**
     * Puts a plan in force.
     *
     * @param plan what to begin with
     * @return the faults of one network
     */
    public static Faults of(FaultPlan plan) {
        return new Faults(Objects.requireNonNull(plan, "plan"));
    }

    /**
     * Injects these faults into all transports that a factory makes.
     *
     * @param transports the factory
     * @return a factory of {@link FaultyTransport}s, of the same name
     */
    public TransportFactory around(TransportFactory transports) {
        Objects.requireNonNull(transports, "transports");
        return new TransportFactory() {
            @Override
            public String name() {
                return transports.name();
            }

            @Override
            public Transport create(TransportOptions options) {
                return new FaultyTransport(transports.create(options), options, Faults.this);
            }
        };
    }

    /**
     * Returns the rules in force.
     *
     * @return an immutable plan
     */
    public FaultPlan plan() {
        return plan;
    }

    /**
     * Changes the faults of all directions that have none of their own.
     *
     * @param faults what happens from now on
     */
    public void everywhere(LinkFaults faults) {
        change(rules -> rules.everywhere(faults));
    }

    /**
     * Changes the faults of one direction.
     *
     * @param from who sends
     * @param to who receives
     * @param faults what happens from now on
     */
    public void link(String from, String to, LinkFaults faults) {
        change(rules -> rules.link(from, to, faults));
    }

    /**
     * Lets nothing through in one direction, nor what is held back at the moment.
     *
     * @param from who sends
     * @param to who receives nothing
     */
    public void cut(String from, String to) {
        change(rules -> rules.cut(from, to));
    }

    /**
     * Lets nothing through between two sets of nodes.
     *
     * @param one the nodes on one side
     * @param other the nodes on the other side
     */
    public void partition(Set<String> one, Set<String> other) {
        change(rules -> rules.partition(one, other));
    }

    /**
     * Lets nothing through between a node and all others.
     *
     * @param node who is alone
     */
    public void isolate(String node) {
        change(rules -> rules.isolate(node));
    }

    /**
     * Takes back one cut.
     *
     * @param from who sends
     * @param to who receives again
     */
    public void mend(String from, String to) {
        change(rules -> rules.mend(from, to));
    }

    /** Takes back all cuts, partitions and isolations; the other faults stay. */
    public void heal() {
        change(FaultPlan.Builder::heal);
    }

    /** Takes back all faults. What is held back arrives in its time. */
    public void calm() {
        change(rules -> FaultPlan.seeded(seed));
    }

    private synchronized void change(UnaryOperator<FaultPlan.Builder> change) {
        plan = change.apply(plan.toBuilder()).build();
    }

    /**
     * Counts what was done in the whole network.
     *
     * @return the counts since this object was made
     */
    public FaultCounts counts() {
        FaultCounts sum = FaultCounts.NONE;
        for (FaultDice dice : requestDice.values()) {
            sum = sum.plus(dice.counts());
        }
        for (FaultDice dice : replyDice.values()) {
            sum = sum.plus(dice.counts());
        }
        return sum;
    }

    /**
     * Counts what was done in one direction.
     *
     * @param from who sent
     * @param to who was to receive
     * @return the counts since this object was made
     */
    public FaultCounts counts(String from, String to) {
        Direction direction = new Direction(from, to);
        return dice(direction, false).counts().plus(dice(direction, true).counts());
    }

    /** The decisions of one direction: for requests and posts, or for replies. */
    FaultDice dice(Direction direction, boolean replies) {
        return (replies ? replyDice : requestDice)
                .computeIfAbsent(direction, wanted -> new FaultDice(this, seed, wanted, replies));
    }
}
