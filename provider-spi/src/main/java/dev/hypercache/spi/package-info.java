/**
 * Values and interfaces that a third party compiles against to plug something into HyperCache.
 *
 * <p>Knows nothing of JCache, of protocol messages or of any implementation. Called by the node and by adapters.
 */
@NullMarked
package dev.hypercache.spi;

import org.jspecify.annotations.NullMarked;
