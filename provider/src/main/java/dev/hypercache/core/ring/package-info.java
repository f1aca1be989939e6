/**
 * Maps a key to the hash of its bytes, and a hash to a slot; says who replicates a slot.
 *
 * <p>Pure values; knows nothing of what is stored in a slot. Used by every other core package, by {@code runtime}, which
 * makes keys from bytes, and by {@code transport.frame}.
 */
@NullMarked
package dev.hypercache.core.ring;

import org.jspecify.annotations.NullMarked;
