package dev.hypercache.core.form;

import dev.hypercache.spi.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One run from one seed: 1 to 7 seeds start in any order on a bad network, are restarted and cut off, then the faults end, with all of
 * them up, or a majority, or one cut off for ever.
 */
final class FormRun {

    private static final long TROUBLE_MILLIS = 40_000;
    private static final long CALM_MILLIS = 90_000;

    private final SplittableRandom chance;
    private final FormWorld world;
    private final List<FormSeat> seats;
    private final boolean restarts;
    private int restarted;

    /**
     * What came of a run.
     *
     * @param restarts how many lives ended
     */
    record Result(List<String> violations, Map<FormOracle.Sight, Integer> sights, int rings, int restarts) {}

    FormRun(long seed) {
        this.chance = new SplittableRandom(seed);
        int count = 1 + chance.nextInt(7);
        this.world = new FormWorld(count, chance.nextInt(4) > 0, chance.split());
        this.seats = world.seats();
        this.restarts = chance.nextInt(4) > 0;
    }

    Result run() {
        world.network().faults(chance.nextDouble() * 0.3, chance.nextDouble() * 0.2, 1 + chance.nextInt(300));
        for (FormSeat seat : seats) {
            world.time().after(chance.nextInt(chance.nextBoolean() ? 500 : 20_000), seat::start);
        }
        int troubles = chance.nextInt(12);
        for (int i = 0; i < troubles; i++) {
            world.time().after(chance.nextLong(TROUBLE_MILLIS), this::trouble);
        }
        if (restarts) {
            crashAfterVotes();
        }
        world.time().runUntil(TROUBLE_MILLIS);
        calm();
        return new Result(
                world.oracle().violations(),
                world.oracle().sights(),
                world.oracle().rings(),
                restarted);
    }

    private FormSeat any() {
        return seats.get(chance.nextInt(seats.size()));
    }

    private void trouble() {
        int kind = chance.nextInt(restarts ? 4 : 2);
        if (kind == 0) {
            cutOff(any());
        } else if (kind == 1) {
            split();
        } else {
            restart(any());
        }
    }

    private void restart(FormSeat seat) {
        FormSeat.Life life = seat.life();
        if (life != null) {
            world.oracle().lostBallots(life.forming().counts().lostBallots());
            seat.crash();
            restarted++;
            world.time().after(chance.nextInt(chance.nextBoolean() ? 200 : 8_000), seat::start);
        }
    }

    /** Looks often for seeds that have just voted, and ends some: there the protocol is at its most fragile. */
    private void crashAfterVotes() {
        for (FormSeat seat : seats) {
            FormSeat.Life life = seat.life();
            boolean isVoting = life != null
                    && life.ring() == null
                    && life.forming().counts().votes() + life.forming().counts().ballots() > 0;
            if (isVoting && chance.nextInt(25) == 0) {
                restart(seat);
            }
        }
        if (world.time().nowMillis() < TROUBLE_MILLIS) {
            world.time().after(20 + chance.nextInt(400), this::crashAfterVotes);
        }
    }

    private void cutOff(FormSeat seat) {
        for (Address other : world.addresses()) {
            cutPair(seat.address(), other);
        }
        world.time().after(chance.nextInt(15_000), world.network()::heal);
    }

    private void split() {
        List<Address> side = new ArrayList<>();
        for (Address address : world.addresses()) {
            if (chance.nextBoolean()) {
                side.add(address);
            }
        }
        for (Address one : side) {
            for (Address other : world.addresses()) {
                if (!side.contains(other)) {
                    cutPair(one, other);
                }
            }
        }
        world.time().after(chance.nextInt(15_000), world.network()::heal);
    }

    private void cutPair(Address one, Address other) {
        if (!one.equals(other)) {
            world.network().cut(one, other);
            world.network().cut(other, one);
        }
    }

    private void calm() {
        FormSeat alone = seats.size() > 2 && chance.nextInt(4) == 0 ? any() : null;
        world.network().faults(0, 0, 20);
        world.time().after(0, () -> {
            world.network().heal();
            seats.forEach(FormSeat::start);
            if (alone != null) {
                cutOffForEver(alone);
            }
        });
        world.time().runUntil(TROUBLE_MILLIS + 15_001);
        world.network().heal();
        if (alone != null) {
            cutOffForEver(alone);
        }
        world.time().runUntil(TROUBLE_MILLIS + CALM_MILLIS);
        world.oracle().requireOneRing(alone);
    }

    private void cutOffForEver(FormSeat seat) {
        world.addresses().forEach(other -> cutPair(seat.address(), other));
    }
}
