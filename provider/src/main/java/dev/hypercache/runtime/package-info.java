/**
 * Performs what the core decides: guards slots, tells the time, runs timers, waits.
 *
 * <p>Knows no JCache type but the root of the exceptions that callers see, and no codec. Assembled by {@code bootstrap}, called by {@code jcache} through
 * {@code runtime.call}.
 */
@NullMarked
package dev.hypercache.runtime;

import org.jspecify.annotations.NullMarked;
