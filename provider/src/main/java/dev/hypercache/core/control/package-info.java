/**
 * What all members of a ring agree on: who is a member, who holds which slot, which caches exist.
 *
 * <p>The state is a value and every change to it a pure function, so members that apply the same changes of the topology
 * log in the same order hold equal states. Knows neither the log nor the data in the slots, and decides nothing by itself:
 * {@code core.control.plan} proposes changes, the log orders them. Called by {@code core.node}.
 */
@NullMarked
package dev.hypercache.core.control;

import org.jspecify.annotations.NullMarked;
