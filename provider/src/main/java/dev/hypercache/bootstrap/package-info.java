/**
 * Assembles a node: the only package that knows all others.
 *
 * <p>Nothing imports it; it is found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.hypercache.bootstrap;

import org.jspecify.annotations.NullMarked;
