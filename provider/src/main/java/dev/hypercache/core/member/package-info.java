/**
 * Failure detection: which members of the ring answer, by probes, suspicion and gossip (SWIM with Lifeguard).
 *
 * <p>Gives advice and nothing more: nobody leaves the ring by it, and no copy of a record depends on it. Knows members by
 * their short ids alone; who is one, it is told. Driven by {@code runtime.member}, which gives it the time, chance and the way
 * to the others.
 */
@NullMarked
package dev.hypercache.core.member;

import org.jspecify.annotations.NullMarked;
