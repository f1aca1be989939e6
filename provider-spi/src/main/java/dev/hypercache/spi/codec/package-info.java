/**
 * How a third party teaches HyperCache to turn values into bytes and back.
 *
 * <p>Knows nothing of caches, of the ring or of the built-in codecs. Implemented by plug-ins that {@link
 * java.util.ServiceLoader} finds; called by the node's codec registry in the JVM whose application owns the cache, never
 * on a node that merely stores the bytes.
 */
@NullMarked
package dev.hypercache.spi.codec;

import org.jspecify.annotations.NullMarked;
