/**
 * The blocking façade of a node that {@code jcache} calls: one {@code RingClient} per cache.
 *
 * <p>Knows neither how a node is assembled nor how many nodes there are.
 */
@NullMarked
package dev.hypercache.runtime.call;

import org.jspecify.annotations.NullMarked;
