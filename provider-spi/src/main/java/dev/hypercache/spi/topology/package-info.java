/**
 * The totally ordered list of changes to a ring.
 *
 * <p>Knows neither what a change says nor who votes on it. Called by the node's control plane; implemented by a consensus
 * engine or by anything that offers compare-and-set on one register.
 */
@NullMarked
package dev.hypercache.spi.topology;

import org.jspecify.annotations.NullMarked;
