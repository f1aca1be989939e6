/**
 * What the JSR-107 TCK needs to run here, and the check of its count.
 *
 * <p>May know the TCK, Guice, the reference implementation's interceptors and the processes of {@code cluster}; of the provider
 * what makes and counts nodes. The TCK calls it through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.hypercache.tck;

import org.jspecify.annotations.NullMarked;
