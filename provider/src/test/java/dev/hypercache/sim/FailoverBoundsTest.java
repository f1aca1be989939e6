package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a slot cannot be written when its leader is gone, in simulated time (CONSISTENCY §1). */
@Tag("simulation")
class FailoverBoundsTest {

    private static final int SEEDS = 16;
    private static final int CLIENTS = 6;
    private static final int KEYS = 6;
    private static final long SILENT_MILLIS_MAX = 1_500;
    private static final long RESET_MILLIS_MAX = 300;

    private record Pause(long slot, long caller) {}

    @Test
    void writesResumeAfterSilentDeathOfTheLeader() {
        Pause worst = worstPause(Detector.SLOW, "silence");

        assertThat(worst.slot()).isBetween(1L, SILENT_MILLIS_MAX);
        assertThat(worst.caller()).isLessThan(SILENT_MILLIS_MAX);
    }

    @Test
    void writesResumeSoonerIfConnectionsAreReset() {
        Pause worst = worstPause(Detector.RESETS, "reset");

        assertThat(worst.slot()).isBetween(1L, RESET_MILLIS_MAX);
        assertThat(worst.caller()).isLessThan(RESET_MILLIS_MAX);
    }

    private static Pause worstPause(Detector detector, String how) {
        long slot = 0;
        long caller = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Pause pause = pause(seed, detector);
            slot = Math.max(slot, pause.slot());
            caller = Math.max(caller, pause.caller());
        }
        System.out.println("leader killed, noticed by " + how + ": its slots are written again after " + slot
                + " ms at most, no caller waits for more than " + caller + " ms (" + SEEDS + " seeds)");
        return new Pause(slot, caller);
    }

    /** From the death to the first acknowledgement of a write that began later, in the slot that took longest. */
    private static Pause pause(int seed, Detector detector) {
        Chance chance = new Chance(seed);
        SimRing ring = new SimRing(chance.split(), chance.happens(0.5) ? 3 : 5, 4, 3);
        new Suspicions(ring, chance.split(), detector).start();
        CounterLoad load = new CounterLoad(ring, chance.split(), KEYS);
        load.start(CLIENTS);
        ring.run(2_000);
        SimNode leader = ring.live().stream()
                .filter(node -> node.serving(0) != null)
                .findFirst()
                .orElseThrow();
        List<Integer> led = new ArrayList<>();
        for (int slot = 0; slot < ring.topology().slots(); slot++) {
            if (leader.serving(slot) != null) {
                led.add(slot);
            }
        }
        long killed = ring.queue().nowMillis();
        leader.crash();
        load.arrive(10);
        ring.run(3_000);
        load.stop();
        ring.run(6_000);

        assertThat(load.isBusy()).isFalse();
        assertThat(load.complaints()).isEmpty();
        long slots = 0;
        for (int slot : led) {
            slots = Math.max(slots, firstAcknowledged(load, slot, killed) - killed);
        }
        long callers = load.done().stream()
                .filter(one -> one.beganMillis() > killed)
                .mapToLong(CounterLoad.Done::millis)
                .max()
                .orElseThrow();
        return new Pause(slots, callers);
    }

    private static long firstAcknowledged(CounterLoad load, int slot, long after) {
        return load.done().stream()
                .filter(one -> one.isAcknowledged() && one.slot() == slot && one.beganMillis() > after)
                .mapToLong(CounterLoad.Done::endedMillis)
                .min()
                .orElseThrow();
    }

    @Test
    void minorityFailsFastAndSaysWhy() {
        long worst = 0;
        long worstFromTheStart = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Chance chance = new Chance(seed);
            SimRing ring = new SimRing(chance.split(), 5, 4, 3);
            new Suspicions(ring, chance.split(), Detector.SLOW).start();
            CounterLoad load = new CounterLoad(ring, chance.split(), KEYS);
            load.start(CLIENTS);
            ring.run(2_000);
            long cut = ring.queue().nowMillis();
            ring.network().cut(new int[] {1}, new int[] {2, 3, 4, 5}, true);
            load.only(node -> node.id() == 1);
            ring.run(4_000);
            load.stop();
            ring.run(6_000);
            long noticed = cut + 1_000;
            for (CounterLoad.Done one : load.done()) {
                if (one.at().id() == 1 && one.beganMillis() >= cut) {
                    assertThat(one.end().trouble()).contains("it needs 2 of 3 replicas, and ");
                    worstFromTheStart = Math.max(worstFromTheStart, one.millis());
                    worst = one.beganMillis() < noticed ? worst : Math.max(worst, one.millis());
                }
            }
        }
        System.out.println("minority: fails after " + worst + " ms at most once the partition is noticed, "
                + worstFromTheStart + " ms if it is not");
        assertThat(worst).isBetween(1L, Client.TIMEOUT_MILLIS / 4);
        assertThat(worstFromTheStart).isLessThan(Client.TIMEOUT_MILLIS / 4 + 1_000);
    }
}
