/**
 * How a node that belongs to no ring yet learns whom to ask.
 *
 * <p>Knows neither membership nor the network. Called by the node while it joins; implemented by discovery adapters.
 */
@NullMarked
package dev.hypercache.spi.discovery;

import org.jspecify.annotations.NullMarked;
