/**
 * Key material and identity for rings.
 *
 * <p>Knows neither HTTP nor the ring. Found by the node through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.hypercache.security;

import org.jspecify.annotations.NullMarked;
