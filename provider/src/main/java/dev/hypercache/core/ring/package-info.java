/**
 * Maps the hash of a key to a slot.
 *
 * <p>Pure values; knows nothing of what is stored in a slot. Called by {@code core.node}.
 */
@NullMarked
package dev.hypercache.core.ring;

import org.jspecify.annotations.NullMarked;
