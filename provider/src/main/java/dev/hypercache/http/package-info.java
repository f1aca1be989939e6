/**
 * The interoperable face of a node: entries of its caches over HTTP, as JSON or MessagePack (docs/HTTP.md).
 *
 * <p>Knows caches by their names only, and neither how they are configured nor how many nodes there are. Called by the gate
 * in front of a node's port, which has decided by then that a request may be looked at.
 */
@NullMarked
package dev.hypercache.http;

import org.jspecify.annotations.NullMarked;
