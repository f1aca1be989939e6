/**
 * How messages between nodes look as bytes.
 *
 * <p>Writes every message of {@code core.message} into a frame and reads it back. Trusts no byte that it reads. Knows no
 * transport, no thread and no clock, and gives a message no meaning. Called by {@code runtime}.
 */
@NullMarked
package dev.hypercache.transport.frame;

import org.jspecify.annotations.NullMarked;
