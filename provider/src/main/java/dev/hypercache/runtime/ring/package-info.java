/**
 * A member of a ring of several nodes: slots behind a lock each, a timer, links to the other members, and the callers that
 * wait.
 *
 * <p>Performs what {@code core} decides and decides nothing itself. Knows no JCache type but the root of the exceptions that
 * callers see, no codec, and of transports and logs only their interfaces. Assembled by {@code bootstrap}, called by {@code
 * jcache} through {@code runtime.call}.
 */
@NullMarked
package dev.hypercache.runtime.ring;

import org.jspecify.annotations.NullMarked;
