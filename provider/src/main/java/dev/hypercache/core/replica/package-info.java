/**
 * A replica's records of one cache in one slot, changed by one apply rule only.
 *
 * <p>Knows nothing of leadership, holds or callers; called by the slot's leader.
 */
@NullMarked
package dev.hypercache.core.replica;

import org.jspecify.annotations.NullMarked;
