package dev.hypercache.core.leaderless;

/** Learns what happens in the caches of a slot that nobody orders. Does not call back. */
@FunctionalInterface
public interface LeaderlessObserver {

    void happened(LeaderlessEvent event);
}
