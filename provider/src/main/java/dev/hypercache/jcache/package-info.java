/**
 * The JSR-107 surface, thin: every operation becomes an entry operation that runs through one pipeline.
 *
 * <p>All user code runs here, in the JVM of its application. Knows nodes only through {@code runtime.call}. Called by
 * applications through {@code javax.cache}.
 */
@NullMarked
package dev.hypercache.jcache;

import org.jspecify.annotations.NullMarked;
