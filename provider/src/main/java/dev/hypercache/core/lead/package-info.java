/**
 * Being a slot's leader: it orders all operations on a key and hands out holds.
 *
 * <p>Owns no lock and no thread: whoever calls it guards the slot. Called by {@code core.node}.
 */
@NullMarked
package dev.hypercache.core.lead;

import org.jspecify.annotations.NullMarked;
