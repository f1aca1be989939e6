package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.TimeSource;
import java.util.concurrent.TimeUnit;

/** A node's two clocks: a steady one for waiting, which begins at 0, and the wall clock, which slot time follows. */
final class NodeClock {

    private final TimeSource wall;
    private final long startedAtNanos = System.nanoTime();

    NodeClock(TimeSource wall) {
        this.wall = wall;
    }

    /** Milliseconds since the node was made. */
    long steadyMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAtNanos);
    }

    long wallMillis() {
        return wall.millis();
    }
}
