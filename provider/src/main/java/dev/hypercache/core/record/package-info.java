/**
 * Versioned values and tombstones, when they expire and what makes them equal.
 *
 * <p>Knows no clock, thread or codec: times are handed in and values are opaque. Used by every other core package.
 */
@NullMarked
package dev.hypercache.core.record;

import org.jspecify.annotations.NullMarked;
