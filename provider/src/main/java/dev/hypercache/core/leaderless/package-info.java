/**
 * Caches whose writes nobody orders: any replica performs them, and the newest hybrid clock wins.
 *
 * <p>Knows no leader, promise or ballot: a slot's caches of the other order are none of its business. Called by the machine of
 * the slot, one event at a time.
 */
@NullMarked
package dev.hypercache.core.leaderless;

import org.jspecify.annotations.NullMarked;
