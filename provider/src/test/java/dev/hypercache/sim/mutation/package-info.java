/**
 * Removes one guard of the protocol at a time and lets the simulator find out.
 *
 * <p>Knows the simulator by its command line only. Called by the Maven profile {@code mutations}.
 */
@NullMarked
package dev.hypercache.sim.mutation;

import org.jspecify.annotations.NullMarked;
