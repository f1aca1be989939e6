package dev.hypercache.sim.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a history of a key is not accepted.
 *
 * @param window what a reader needs to see, in the order of invocations
 */
public record Finding(Object key, Kind kind, String reason, List<Invocation> window) {

    /** What is known about the history. */
    public enum Kind {
        /** No order of the operations explains what the clients saw. */
        VIOLATION,
        /** The search gave up at its bound. Nothing is proven, so a test fails on this, too. */
        UNDECIDED
    }

    public Finding {
        window = List.copyOf(window);
    }

    @Override
    public String toString() {
        String lines = window.stream().map(line -> "\n  " + line).collect(Collectors.joining());
        return kind + " on key " + key + ": " + reason + lines;
    }
}
