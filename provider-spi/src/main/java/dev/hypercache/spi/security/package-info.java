/**
 * Who is who, who may do what, and where secrets come from.
 *
 * <p>Knows neither HTTP nor the ring. Called by the node, its transports and its configuration; implemented by the security
 * module and by third parties, found through {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.hypercache.spi.security;

import org.jspecify.annotations.NullMarked;
