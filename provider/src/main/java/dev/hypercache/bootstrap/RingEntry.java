package dev.hypercache.bootstrap;

import dev.hypercache.core.form.JoinAnswer;
import dev.hypercache.core.reform.ReformDecision;
import dev.hypercache.spi.Payload;

/** How a node came into a ring. */
sealed interface RingEntry {

    /** The change that founded the ring. */
    Payload founding();

    /**
     * It is one of those who founded it.
     *
     * @param founding the change that founded the ring
     */
    record Founded(Payload founding) implements RingEntry {}

    /**
     * It was admitted to a ring that was there.
     *
     * @param founding the change that founded the ring
     * @param admitted what the ring told
     */
    record Joined(Payload founding, JoinAnswer.Admitted admitted) implements RingEntry {}

    /**
     * It came back to a ring whose topology log had lost its majority, and had its say in how the next generation begins.
     *
     * @param founding the change that founded the ring
     * @param decision how it begins
     */
    record Reformed(Payload founding, ReformDecision decision) implements RingEntry {}
}
