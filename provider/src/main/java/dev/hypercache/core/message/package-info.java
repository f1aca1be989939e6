/**
 * Every verb between the nodes of a ring, as a value.
 *
 * <p>Knows no encoding and no transport. Made and read by the machines of {@code core}; encoded by {@code transport.frame}.
 */
@NullMarked
package dev.hypercache.core.message;

import org.jspecify.annotations.NullMarked;
