package dev.hypercache.transport.fault;

import java.util.SplittableRandom;

/**
 * Decides the fate of the messages of one direction, one after the other.
 *
 * <p>Every roll takes the same amount of chance from the generator, whatever the rules are, so that a rule which is
 * changed does not change the fate of later messages under other rules.
 */
final class FaultDice {

    private final Faults faults;
    private final Direction direction;
    private final boolean replies;
    private final SplittableRandom random;

    private long messages;
    private long dropped;
    private long cut;
    private long duplicated;
    private long delayed;
    private long reordered;

    FaultDice(Faults faults, long seed, Direction direction, boolean replies) {
        this.faults = faults;
        this.direction = direction;
        this.replies = replies;
        this.random = new SplittableRandom(mix(seed, direction, replies));
    }

    private static long mix(long seed, Direction direction, boolean replies) {
        String text = direction.from() + (replies ? '<' : '>') + direction.to();
        long mixed = seed;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mixed;
    }

    synchronized Roll roll() {
        double dropChance = random.nextDouble();
        double duplicateChance = random.nextDouble();
        double reorderChance = random.nextDouble();
        double delayChance = random.nextDouble();
        double behindChance = random.nextDouble();
        double copyChance = random.nextDouble();
        messages++;
        FaultPlan plan = faults.plan();
        LinkFaults rules = plan.between(direction);
        if (plan.isCut(direction)) {
            cut++;
            return Roll.LOST;
        }
        if (dropChance < rules.drop()) {
            dropped++;
            return Roll.LOST;
        }
        boolean twice = !replies && duplicateChance < rules.duplicate();
        boolean behind = reorderChance < rules.reorder();
        long delayNanos = rules.delay().nanos(delayChance);
        long behindNanos = behind ? rules.reorderBy().nanos(behindChance) : 0;
        duplicated += twice ? 1 : 0;
        reordered += behind ? 1 : 0;
        delayed += delayNanos + behindNanos > 0 ? 1 : 0;
        long copyNanos = twice ? rules.delay().nanos(copyChance) : 0;
        return new Roll(false, twice, behind, delayNanos + behindNanos, copyNanos);
    }

    /** Whether a message that was held back is lost now, because the direction was cut meanwhile. */
    synchronized boolean isLostLate() {
        boolean lost = faults.plan().isCut(direction);
        cut += lost ? 1 : 0;
        return lost;
    }

    synchronized FaultCounts counts() {
        return new FaultCounts(messages, dropped, cut, duplicated, delayed, reordered);
    }

    /**
     * The fate of one message.
     *
     * @param lost it never arrives
     * @param twice a copy follows it
     * @param behind later messages of its lane may overtake it
     * @param delayNanos how long it is held back
     * @param copyNanos how much longer its copy is
     */
    record Roll(boolean lost, boolean twice, boolean behind, long delayNanos, long copyNanos) {

        static final Roll LOST = new Roll(true, false, false, 0, 0);
    }
}
