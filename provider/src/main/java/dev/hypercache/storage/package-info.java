/**
 * Stores behind the storage SPI, and the retention policy on Caffeine.
 *
 * <p>Knows neither replicas nor leaders: a store is a map, a policy proposes. Made by {@code bootstrap}.
 */
@NullMarked
package dev.hypercache.storage;

import org.jspecify.annotations.NullMarked;
