/**
 * The bytes of a connection between two nodes: headers, greetings, chunks, compression; laid out in {@code docs/PROTOCOL.md}.
 *
 * <p>Knows neither sockets nor threads nor what a message means. Called by the transport above it.
 */
@NullMarked
package dev.hypercache.transport.undertow.wire;

import org.jspecify.annotations.NullMarked;
