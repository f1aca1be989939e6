package dev.hypercache.topology.raft;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;

/**
 * The engine's time, which runs faster than ours.
 *
 * <p>The engine counts heartbeats in whole seconds, so it cannot notice a dead leader in less than some. Its clock therefore
 * runs {@value #SCALE} times as fast and its delays last a part of what it says: four of its seconds are one of ours.
 *
 * <p>Where votes and signs of life take longer than that, it can be given more time: {@link #stretch}.
 */
final class EngineTime {

    private static final int SCALE = 4;

    /** The engine takes whatever it has not heard for as old as the clock, which must not be young. */
    private static final long BEGIN_MILLIS = 1_000_000_000_000L;

    private final EngineTimer timer;
    private final Random random;
    private long sinceMillis;
    private long sinceEngineMillis = BEGIN_MILLIS;
    private int pace = SCALE;
    private int stretch = 1;

    EngineTime(EngineTimer timer, Random random) {
        this.timer = timer;
        this.random = random;
        this.sinceMillis = timer.nowMillis();
    }

    /** Milliseconds of the engine. */
    long millis() {
        return sinceEngineMillis + (timer.nowMillis() - sinceMillis) * pace;
    }

    /**
     * From now on the engine waits longer for votes and for signs of life; it sends its own as before.
     *
     * @param times up to so many times as long for votes, which begins anew with each election; for signs of life, to its own
     *     seconds at most
     */
    void stretch(int times) {
        stretch = times;
        int newPace = Math.max(1, SCALE / times);
        if (newPace != pace) {
            sinceEngineMillis = millis();
            sinceMillis = timer.nowMillis();
            pace = newPace;
        }
    }

    /** Runs a task after so many microseconds of the engine. */
    void after(long engineMicros, Runnable task) {
        timer.schedule(task, Math.max(0, engineMicros / SCALE));
    }

    /** Waits for votes. By chance, once it is stretched: two that stand against each other must not do so for ever. */
    void afterElection(long engineMicros, Runnable task) {
        after(stretch == 1 ? engineMicros : (long) (engineMicros * (1 + random.nextDouble() * (stretch - 1))), task);
    }

    void execute(Runnable task) {
        boolean unused = timer.execute(task);
    }

    /** As the engine wants it. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(millis());
            }

            @Override
            public long millis() {
                return EngineTime.this.millis();
            }
        };
    }
}
