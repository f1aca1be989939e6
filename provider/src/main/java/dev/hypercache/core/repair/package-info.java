/**
 * Divergence: how a node notices, at a cost that does not depend on how much it holds, that copies which ought to be the same
 * are not.
 *
 * <p>Knows roots of slots and readers' hints, and neither records nor leaders: what follows from a difference is the business
 * of the slot's leader in {@code core.lead}. Called by whoever drives a node's slots, through {@code core.node}.
 */
@NullMarked
package dev.hypercache.core.repair;

import org.jspecify.annotations.NullMarked;
