/**
 * Proposes the next steps of a ring's slots: who should hold what, with as little movement as balance allows.
 *
 * <p>A function of the agreed state; knows nothing of load, of transfers in progress or of who is thought to be dead. Its
 * proposals bind nobody and may differ between versions. Called by {@code core.node} at the member that acts on them.
 */
@NullMarked
package dev.hypercache.core.control.plan;

import org.jspecify.annotations.NullMarked;
