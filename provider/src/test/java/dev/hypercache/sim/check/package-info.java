/**
 * Judges what a run of a ring showed its clients and left at its replicas.
 *
 * <p>A checker takes a history or a final state as values and answers with values; it throws only for input that no run
 * can produce. It knows operations and records, and nothing of nodes, networks, clocks or how the history came to be, so
 * the same checkers serve the simulator and rings of real processes. Simulations and cluster suites call it.
 */
@NullMarked
package dev.hypercache.sim.check;

import org.jspecify.annotations.NullMarked;
