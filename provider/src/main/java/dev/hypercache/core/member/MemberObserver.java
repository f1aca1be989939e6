package dev.hypercache.core.member;

import dev.hypercache.core.message.Belief;

/** Learns what a node finds out about the others. Does not call back. */
public interface MemberObserver {

    /** Something happened that a metric counts. */
    void happened(MemberEvent event);

    /**
     * A member's health changed, or more members found the same by themselves.
     *
     * @param belief what is believed now
     */
    void believed(Belief belief);
}
