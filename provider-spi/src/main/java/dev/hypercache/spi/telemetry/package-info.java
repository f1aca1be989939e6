/**
 * Where a node's traces go, if anywhere.
 *
 * <p>Knows no tracing library. Called by the node around work that crosses nodes; implemented by telemetry adapters. A node
 * without an implementation makes no spans at all.
 */
@NullMarked
package dev.hypercache.spi.telemetry;

import org.jspecify.annotations.NullMarked;
