/**
 * How the survivors of a topology log that lost its majority agree on the ring's next generation.
 *
 * <p>Pure: knows neither clocks nor the network nor the log that ends, and speaks through {@link
 * dev.hypercache.core.reform.ReformPort}. Called by {@code runtime}, under one lock.
 */
@NullMarked
package dev.hypercache.core.reform;

import org.jspecify.annotations.NullMarked;
