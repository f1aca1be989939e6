/**
 * Transport over TCP: HTTP and multiplexed frames on one port ({@code docs/PROTOCOL.md}).
 *
 * <p>Moves bytes and knows no message. Stands on XNIO for channels and threads and on Undertow for HTTP up to the upgrade.
 * Called through {@code spi.transport} by whoever assembles a node.
 */
@NullMarked
package dev.hypercache.transport.undertow;

import org.jspecify.annotations.NullMarked;
