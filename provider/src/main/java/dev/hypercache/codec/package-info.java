/**
 * Turns keys and values into what a cache holds, and back: objects, copies or bytes with a codec header.
 *
 * <p>Knows nothing of caches' contents, of versions, of the ring or of threads; holds no class and no class loader
 * statically. Called by the JCache surface at the caller, never by the core.
 */
@NullMarked
package dev.hypercache.codec;

import org.jspecify.annotations.NullMarked;
