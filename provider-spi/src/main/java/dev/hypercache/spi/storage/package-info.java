/**
 * Where a replica keeps the records of one cache in one slot, and what decides which of them to let go.
 *
 * <p>Knows neither versions nor replication: records are opaque here, and nothing in this package removes an entry on
 * its own account. Called by the replica and by the slot's leader; implemented by storage adapters.
 */
@NullMarked
package dev.hypercache.spi.storage;

import org.jspecify.annotations.NullMarked;
