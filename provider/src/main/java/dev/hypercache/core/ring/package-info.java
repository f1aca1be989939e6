/**
 * Maps a key's hash to a slot, and a slot to its ordered replicas, per epoch.
 *
 * <p>Pure values; knows nothing of what is stored in a slot.
 */
@NullMarked
package dev.hypercache.core.ring;

import org.jspecify.annotations.NullMarked;
