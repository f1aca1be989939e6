/**
 * How fast slots move: which of them a node fills at others at once, and how many bytes that may take.
 *
 * <p>Knows neither records nor who leads; the leaders of a node's slots ask it before they send. Called by {@code core.lead}.
 */
@NullMarked
package dev.hypercache.core.move;

import org.jspecify.annotations.NullMarked;
