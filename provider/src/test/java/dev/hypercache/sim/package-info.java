/**
 * A deterministic simulator: whole rings of the production {@code core} on one thread, in virtual time, from one seed.
 *
 * <p>It takes the runtime's place: it owns clocks, network, topology, suspicions and clients, and knows nothing of how the
 * core decides. Faults, clients and checks are files of their own. Called by {@code SimulationTest} and by its main method.
 */
@NullMarked
package dev.hypercache.sim;

import org.jspecify.annotations.NullMarked;
