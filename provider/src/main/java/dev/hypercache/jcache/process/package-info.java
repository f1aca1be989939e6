/**
 * Entry processors, run at the caller.
 *
 * <p>Reads, runs the processor, and applies its net effect on the condition that nothing changed.
 */
@NullMarked
package dev.hypercache.jcache.process;

import org.jspecify.annotations.NullMarked;
