package dev.hypercache.topology.raft;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The engine's time, which runs faster than ours.
 *
 * <p>The engine counts heartbeats in whole seconds, so it cannot notice a dead leader in less than some. Its clock therefore
 * runs {@value #SCALE} times as fast and its delays last a part of what it says: four of its seconds are one of ours.
 */
final class EngineTime {

    private static final int SCALE = 4;

    /** The engine takes whatever it has not heard for as old as the clock, which must not be young. */
    private static final long BEGIN_MILLIS = 1_000_000_000_000L;

    private final EngineTimer timer;
    private final long startedMillis;

    EngineTime(EngineTimer timer) {
        this.timer = timer;
        this.startedMillis = timer.nowMillis();
    }

    /** Milliseconds of the engine. */
    long millis() {
        return BEGIN_MILLIS + (timer.nowMillis() - startedMillis) * SCALE;
    }

    /** Runs a task after so many microseconds of the engine. */
    void after(long engineMicros, Runnable task) {
        timer.schedule(task, Math.max(0, engineMicros / SCALE));
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
