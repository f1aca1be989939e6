/**
 * Maps the hash of a key to a slot, and a slot to its members.
 *
 * <p>Pure values; knows nothing of what is stored in a slot. Called by all of core.
 */
@NullMarked
package dev.hypercache.core.ring;

import org.jspecify.annotations.NullMarked;
