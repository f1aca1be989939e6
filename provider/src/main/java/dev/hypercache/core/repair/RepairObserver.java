package dev.hypercache.core.repair;

/** Learns what happens while nodes compare themselves. */
@FunctionalInterface
public interface RepairObserver {

    /** Something happened that a metric counts. */
    void happened(RepairEvent event);
}
