/**
 * What the application sees and what the cache holds, converted at this one border.
 *
 * <p>Knows codecs by their front only. Called by all other {@code jcache} packages.
 */
@NullMarked
package dev.hypercache.jcache.value;

import org.jspecify.annotations.NullMarked;
