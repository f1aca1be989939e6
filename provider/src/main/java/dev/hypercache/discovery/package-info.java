/**
 * Where the addresses of the first nodes to ask come from.
 *
 * <p>Knows neither the ring nor the network. Called by whoever assembles a node, with what the configuration says.
 */
@NullMarked
package dev.hypercache.discovery;

import org.jspecify.annotations.NullMarked;
