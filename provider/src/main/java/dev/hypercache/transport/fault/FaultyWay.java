package dev.hypercache.transport.fault;

/** One way between two nodes: takes its messages through the faults, and holds back what comes late. */
final class FaultyWay {

    private final DelayLine line;
    private final FaultDice dice;
    private final HeldBytes held;
    /** The order of lanes on one connection; what is held back when another one begins is lost. */
    private volatile LaneOrder order = new LaneOrder();

    FaultyWay(DelayLine line, FaultDice dice, HeldBytes held) {
        this.line = line;
        this.dice = dice;
        this.held = held;
    }

    /** Another connection begins. */
    void renew() {
        order = new LaneOrder();
    }

    /**
     * Takes a message through the faults.
     *
     * @return false if it had to be held back and too much is held already
     */
    boolean pass(int lane, long length, Passage passage) {
        FaultDice.Roll roll = dice.roll();
        if (roll.lost()) {
            passage.lose();
            return true;
        }
        if (roll.twice()) {
            passage.repeated();
        }
        long now = System.nanoTime();
        LaneOrder ordered = order;
        long leaves = roll.behind() ? now + roll.delayNanos() : ordered.place(lane, now, roll.delayNanos());
        Runnable gone = roll.behind() ? () -> {} : () -> ordered.left(lane);
        if (leaves == now) {
            passage.arrive();
        } else if (!hold(leaves, length, passage, gone)) {
            return false;
        }
        if (roll.twice()) {
            repeat(leaves + roll.copyNanos(), length, passage);
        }
        return true;
    }

    private void repeat(long leaves, long length, Passage passage) {
        if (leaves - System.nanoTime() <= 0) {
            passage.arrive();
        } else if (!hold(leaves, length, passage, () -> {})) {
            passage.lose();
        }
    }

    private boolean hold(long leaves, long length, Passage passage, Runnable gone) {
        if (!held.reserve(length)) {
            gone.run();
            return false;
        }
        passage.held(leaves);
        LaneOrder connection = order;
        DelayLine.Entry unused = line.add(leaves, () -> {
            try {
                arrive(connection, passage);
            } finally {
                held.release(length);
                gone.run();
            }
        });
        return true;
    }

    private void arrive(LaneOrder connection, Passage passage) {
        if (connection != order || dice.isLostLate()) {
            passage.lose();
        } else {
            passage.arrive();
        }
    }
}
