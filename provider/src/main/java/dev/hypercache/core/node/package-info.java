/**
 * The pure machine of one node: routes an event to the slot that it concerns.
 *
 * <p>Called by the runtime, or by a simulator in its place, one event at a time per slot.
 */
@NullMarked
package dev.hypercache.core.node;

import org.jspecify.annotations.NullMarked;
