/**
 * What the JSR-107 TCK needs to run here, and the check of its count.
 *
 * <p>May know the TCK, Guice and the reference implementation's interceptors; knows nothing of the provider but its
 * name. The TCK calls it through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.hypercache.tck;

import org.jspecify.annotations.NullMarked;
